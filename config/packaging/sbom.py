#!/usr/bin/env python3
"""The bill of materials of a built program, in SPDX 2.3: sbom.py PROGRAM VERSION.

What is linked in comes from three places: Swift's own libraries, the packages of Package.resolved, and the archives of
Debian that the Makefile links. Dated by SOURCE_DATE_EPOCH.
"""
import datetime
import hashlib
import json
import os
import re
import subprocess
import sys


def run(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


def package(name, version, licence, source, comment):
    identifier = "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)
    return {
        "SPDXID": identifier, "name": name, "versionInfo": version, "licenseConcluded": licence,
        "licenseDeclared": licence, "downloadLocation": source, "copyrightText": "NOASSERTION",
        "filesAnalyzed": False, "comment": comment,
    }


# Debian says licences file by file; these are those of the libraries themselves.
LICENCES = {
    "libsqlite3-dev": "blessing", "libyaml-dev": "MIT", "libdeflate-dev": "MIT", "zlib1g-dev": "Zlib",
    "libssl-dev": "Apache-2.0", "libncurses-dev": "X11-distribute-modifications-variant",
    "libstdc++-12-dev": "GPL-3.0-or-later WITH GCC-exception-3.1",
}


def archives(directory):
    """The Debian packages of the archives that were linked, with their versions."""
    owners = set()
    for name in sorted(os.listdir(directory)):
        path = os.path.realpath(os.path.join(directory, name))
        # Debian 12 knows some files by their place before /lib and /usr/lib became one.
        for place in (path, path.removeprefix("/usr")):
            found = subprocess.run(["dpkg", "-S", place], capture_output=True, text=True)
            if found.returncode == 0:
                owners.add(found.stdout.split(":")[0])
                break
    for owner in sorted(owners):
        yield owner, run("dpkg-query", "-W", "-f", "${Version}", owner)


def main():
    program, version = sys.argv[1:3]
    content = open(program, "rb").read()
    made = datetime.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), datetime.timezone.utc)
    swift = re.search(r"Swift version (\S+)", run("swift", "--version")).group(1)
    packages = [package("sluice", version, "MIT", "NOASSERTION", "the program")]
    packages[0]["checksums"] = [{"algorithm": "SHA256", "checksumValue": hashlib.sha256(content).hexdigest()}]
    packages.append(package(
        "swift", swift, "Apache-2.0 WITH Swift-exception", "https://github.com/swiftlang/swift",
        "standard library, concurrency, dispatch and FoundationEssentials, linked in"))
    for pin in json.load(open("Package.resolved"))["pins"]:
        state = pin["state"]
        packages.append(package(
            pin["identity"], state["version"], "Apache-2.0 WITH Swift-exception",
            f"git+{pin['location']}@{state['revision']}", "linked in"))
    for name, found in archives(".build-release/archives"):
        packages.append(package(
            name, found, LICENCES.get(name, "NOASSERTION"), "NOASSERTION", "Debian's archive, linked in"))
    digest = hashlib.sha256(json.dumps(packages, sort_keys=True).encode()).hexdigest()
    root = packages[0]["SPDXID"]
    document = {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"sluice-{version}", "documentNamespace": f"https://spdx.org/spdxdocs/sluice-{version}-{digest}",
        "creationInfo": {"created": made.strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": ["Tool: sluice-sbom"]},
        "packages": packages,
        "relationships": [
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": root}
        ] + [
            {"spdxElementId": root, "relationshipType": "STATIC_LINK", "relatedSpdxElement": other["SPDXID"]}
            for other in packages[1:]
        ],
    }
    json.dump(document, sys.stdout, indent=1, sort_keys=True)
    print()


main()
