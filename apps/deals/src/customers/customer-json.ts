import { customerList } from './customers.repository.ts'

/** The contract's `customer`, of a row `c` with `CUSTOMER_JOINS`. */
export const CUSTOMER_JSON = customerList.item
export const CUSTOMER_JOINS = customerList.joins ?? ''
