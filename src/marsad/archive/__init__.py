"""Archives: the same reading, copies, incidents and control over millions of articles, on one machine or on many.

A run is a list of stages (`marsad.archive.stages`), each a list of tasks from files to files (`marsad.archive.task`), which an engine carries to processes
(`marsad.archive.engines`). What is done stands in the manifest of the archive's folder (`marsad.archive.folder`), so a run that was killed goes on where it was.
"""

from marsad.archive.drive import Ran, drive
from marsad.archive.folder import Folder
from marsad.archive.plan import Input, Plan, Settings

__all__ = ["Folder", "Input", "Plan", "Ran", "Settings", "drive"]
