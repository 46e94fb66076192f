-- What an executor's tool says while it works, and optional steps that are left out.
alter table run_journal drop constraint run_journal_kind_check;
alter table run_journal add constraint run_journal_kind_check check (
    kind in ('OPENED', 'APPROVED', 'STARTED', 'INTENT', 'ALREADY_DONE', 'ACTED', 'VERIFIED', 'PROGRESS', 'SKIPPED',
             'STEP_FAILED', 'RESUMED', 'ASKED', 'CANCEL_REQUESTED', 'CANCELLED', 'HANDED_OVER', 'SUCCEEDED', 'FAILED'));
