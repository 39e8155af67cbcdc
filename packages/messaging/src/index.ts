export { append } from './append.ts'
export { newId } from './new-id.ts'
export { wakeRelay } from './wake.ts'
