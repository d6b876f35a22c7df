.PHONY: build lint format
build:
	swift build
lint:
	swift format lint --strict -r Sources Tests Package.swift
format:
	swift format -i -r Sources Tests Package.swift
