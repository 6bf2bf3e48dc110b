"""``kabinet worker``: background work on this machine; start as many as there are cores to spare."""

from huey.contrib.djhuey.management.commands.run_huey import Command as RunHuey


class Command(RunHuey):
    help = "Do the background work."
