export { closeDatabase, type Database, type DatabaseOptions, openDatabase } from './client/database.ts'
export { isConstraint, translateFailure } from './client/failures.ts'
export { type Executor, run, runOne, type Statement, statement } from './client/statement.ts'
export { isTx, type Tx, type TxHooks, withTx } from './client/transaction.ts'
