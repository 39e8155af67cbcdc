/** For development only: everybody who reads this knows the password. */
export const demoPassword = 'dealwire-demo'

export const demoLogins = [
  { role: 'ADMIN', name: 'Ada Admin', email: 'admin@demo.test' },
  { role: 'MANAGER', name: 'Max Manager', email: 'manager@demo.test' },
  { role: 'EMPLOYEE', name: 'Emma Employee', email: 'employee@demo.test' },
] as const
