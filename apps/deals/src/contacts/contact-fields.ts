/** What `contact.updated` tells of. */
export const CONTACT_FIELDS = ['name', 'email', 'phone', 'phoneRaw', 'customerId', 'position', 'customFields'] as const
