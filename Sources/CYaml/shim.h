#ifndef SLUICE_CYAML_H
#define SLUICE_CYAML_H
#include <yaml.h>
#endif
