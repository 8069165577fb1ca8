"""The course as one wizard goes through it: loaded when first asked for, kept after every step."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from certwizard.knowledge.course import Chapter
    from certwizard.wizard.course_progress import CourseProgress


class CourseKeeper:
    """Holds the progress, also where it cannot be kept, and where the user was."""

    def __init__(self) -> None:
        """Start with nothing read from the disk."""
        self._progress: CourseProgress | None = None
        self.chapter = -1
        """Index of the chapter that was open last; -1 before any was."""
        self.is_kept = True
        """Whether the last step could be kept in the state folder."""

    @property
    def progress(self) -> CourseProgress:
        """How far the user is."""
        if self._progress is None:
            from certwizard.wizard.course_progress import load_progress

            self._progress = load_progress()
        return self._progress

    def take(self, progress: CourseProgress) -> None:
        """Remember the progress, and keep it where that can be done.

        Args:
            progress: How far the user is.
        """
        if progress != self.progress:
            from certwizard.wizard.course_progress import save_progress

            self._progress = progress
            self.is_kept = save_progress(progress)

    def begin_anew(self) -> None:
        """Forget what was done."""
        from certwizard.wizard.course_progress import CourseProgress, forget_progress

        self._progress = CourseProgress()
        self.is_kept = forget_progress()
        self.chapter = -1

    def place(self) -> int:
        """Return the index of the chapter to go on with."""
        from certwizard.knowledge.course import chapters
        from certwizard.wizard.course_progress import first_open

        here = self.chapter
        if 0 <= here < len(chapters()) and not self.progress.done(chapters()[here]):
            return here
        return first_open(self.progress)

    def open(self, index: int) -> Chapter:
        """Return a chapter, and remember that it is open.

        Args:
            index: Which one.
        """
        from certwizard.knowledge.course import chapters

        self.chapter = index
        return chapters()[index]
