export { closeDatabase, type Database, type DatabaseOptions, openDatabase } from './client/database.ts'
export { isConstraint, translateFailure } from './client/failures.ts'
export { type Executor, type Statement, run, runOne, statement } from './client/statement.ts'
export { isTx, type Tx, type TxHooks, withTx } from './client/transaction.ts'
