-- Signatures of what monitoring systems sent, for as long as they would be valid again: a request that was recorded
-- on its way and is sent once more is refused, on whichever replica.
create table seen_signature (
    signature   text        primary key,
    valid_until timestamptz not null
);
create index seen_signature_by_age on seen_signature (valid_until);
