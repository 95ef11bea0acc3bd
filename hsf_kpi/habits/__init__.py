"""What people keep for themselves: favourites, saved views, where they have been, what they have closed for good.

Beside the workspace, as `promises`. It shows nobody anything: what may no longer be seen is left out, and every link is
judged anew when it is opened. May import what `promises` may.
"""

from hsf_kpi.habits.own import STRANGERS_KEPT, Habits, habits_of

__all__ = ["STRANGERS_KEPT", "Habits", "habits_of"]
