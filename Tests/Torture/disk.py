"""File systems in images, and what is on the disk of one at an instant.

A copy of a mounted image is what a power cut leaves, if it is of one instant: so the images lie on a file system that
shares blocks between files, where a copy is made under the file's lock.
"""

import os
import pathlib
import shutil
import subprocess

MAKERS = {
    "ext4": ["mkfs.ext4", "-q", "-F"],
    "xfs": ["mkfs.xfs", "-q", "-f"],
    "btrfs": ["mkfs.btrfs", "-q", "-f"],
}
# The least each will make, with room for the lake and its warehouse.
MEGABYTES = {"ext4": 96, "xfs": 320, "btrfs": 160}


def usable():
    """The file systems that can be made and mounted here."""
    kernel = pathlib.Path("/proc/filesystems").read_text().split()
    for name in MAKERS:
        if name not in kernel:
            subprocess.run(["modprobe", "-q", name], stderr=subprocess.DEVNULL, check=False)
    kernel = pathlib.Path("/proc/filesystems").read_text().split()
    return [name for name, maker in MAKERS.items() if name in kernel and shutil.which(maker[0])]


def why_not():
    """Why no image can be mounted here; None when one can."""
    if os.geteuid() != 0:
        return "only root mounts images"
    if not pathlib.Path("/dev/loop-control").exists():
        return "the kernel offers no loop devices (/dev/loop-control)"
    if not {"xfs", "btrfs"} & set(usable()):
        return "neither xfs nor btrfs is there, whose copies are of one instant"
    return None


def call(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(str(word) for word in words)}: {done.stderr.strip()}")


class Store:
    """Where images lie; in memory when there is room for it."""

    def __init__(self, root):
        self.mount = pathlib.Path(root) / "store"
        self.mount.mkdir()
        memory = os.statvfs("/dev/shm")
        in_memory = memory.f_bavail * memory.f_frsize > 6 << 30
        self.image = pathlib.Path("/dev/shm" if in_memory else root) / f"sluice-torture-{os.getpid()}.img"
        with open(self.image, "wb") as file:
            file.truncate(3 << 30)
        kind = "xfs" if "xfs" in usable() else "btrfs"
        call(*MAKERS[kind], self.image)
        call("mount", "-o", "loop", self.image, self.mount)

    def close(self):
        subprocess.run(["umount", "-l", self.mount], check=False)
        self.image.unlink()

    def make(self, kind, name):
        """An empty file system in an image."""
        path = self.mount / name
        with open(path, "wb") as file:
            file.truncate(MEGABYTES[kind] << 20)
        call(*MAKERS[kind], path)
        return path

    def copy(self, image, name):
        """The image as it is now, by one call that lets nothing write meanwhile."""
        target = self.mount / name
        call("cp", "--reflink=always", image, target)
        return target


class Mounted:
    """An image at a directory."""

    def __init__(self, kind, image, directory):
        self.directory = directory
        # Copies carry the identity of their original, which is mounted beside them.
        options = {"xfs": "loop,nouuid"}.get(kind, "loop")
        call("mount", "-o", options, image, directory)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        call("umount", self.directory)
