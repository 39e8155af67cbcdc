-- no-transaction
-- Where a user has signed in lately, asked at every sign-in.
CREATE INDEX CONCURRENTLY IF NOT EXISTS sessions_sign_ins ON sessions (company_id, user_id, id DESC) WHERE revoked_at IS NULL OR revoked_reason = 'logout';
