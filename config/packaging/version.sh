#!/bin/sh
# The version, as the program says it.
sed -n 's/.*static let text = "\(.*\)".*/\1/p' "$(dirname "$0")/../../Sources/sluice/SluiceVersion.swift"
