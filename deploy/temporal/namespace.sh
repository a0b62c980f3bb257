#!/bin/sh
# Registers the namespace once; histories of closed workflows are kept for 90 days.
set -eu
temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 90d
