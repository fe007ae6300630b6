"""Looking at who a reporter is: seldom, with a written reason, and seen by the auditor."""
