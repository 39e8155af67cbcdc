/** For development only: the password is in the README. */
export const demoPassword = 'dealwire-demo'

export const demoLogins = [
  { role: 'ADMIN', name: 'Ada Admin', email: 'admin@demo.test' },
  { role: 'MANAGER', name: 'Max Manager', email: 'manager@demo.test' },
  { role: 'EMPLOYEE', name: 'Emma Employee', email: 'employee@demo.test' },
] as const
