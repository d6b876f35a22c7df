#ifndef SLUICE_CDEFLATE_H
#define SLUICE_CDEFLATE_H
#include <libdeflate.h>
#endif
