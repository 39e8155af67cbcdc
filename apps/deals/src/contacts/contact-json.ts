import { contactList } from './contacts.repository.ts'

/** The contract's `contact`, of a row `c` with `CONTACT_JOINS`. */
export const CONTACT_JSON = contactList.item
export const CONTACT_JOINS = contactList.joins ?? ''
