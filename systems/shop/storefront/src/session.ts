import { createClient } from '@heavylift/ui/client'
import type { ShopRoutes } from '../../src/routes/route-groups.ts'

const tokenKey = 'heavylift.shopper'
const customerKey = 'northgate.customer'

/** Who can sign in to the demo. A real store has its own accounts; it passes their id as `externalId`. */
export const demoCustomers = [
  { id: 'demo-alex', name: 'Alex Morgan', note: 'Parent of a nine-year-old who plays football' },
  { id: 'demo-sam', name: 'Sam Rivera', note: 'Runs, camps, cooks' },
] as const

export type Customer = (typeof demoCustomers)[number]

export const device = matchMedia('(max-width: 899px)').matches ? 'phone' : 'desktop'

export function currentCustomer(): Customer | null {
  const id = localStorage.getItem(customerKey)
  return demoCustomers.find((customer) => customer.id === id) ?? null
}

const sessions = createClient<ShopRoutes>('/api/shop', async (address, init) => {
  const response = await fetch(address, init)
  if (!response.ok) throw new Error('The store could not start a session. Reload the page.')
  return response
})

async function issue(externalId: string | null): Promise<string> {
  const { token } = await sessions.post('/shoppers', { body: externalId === null ? {} : { externalId } })
  localStorage.setItem(tokenKey, token)
  return token
}

let issuing: Promise<string> | null = null

/** The shopper's token; the first call of a new visitor gets one, and calls beside it wait for the same. */
export async function ensureToken(): Promise<string> {
  const known = localStorage.getItem(tokenKey)
  if (known !== null && known !== '') return known
  issuing ??= issue(currentCustomer()?.id ?? null).finally(() => {
    issuing = null
  })
  return issuing
}

/** A new token for whoever is signed in, in place of one that names nobody any more. */
export function renewToken(): Promise<string> {
  localStorage.removeItem(tokenKey)
  return ensureToken()
}

/** Signs in, or out with null. What the assistant talked about on this device belongs to whoever was signed in before. */
export async function signIn(customer: Customer | null): Promise<void> {
  // First the token: a sign-in that fails leaves everything as it was.
  await issue(customer?.id ?? null)
  if (customer) localStorage.setItem(customerKey, customer.id)
  else localStorage.removeItem(customerKey)
  sessionStorage.removeItem('heavylift.conversation')
}
