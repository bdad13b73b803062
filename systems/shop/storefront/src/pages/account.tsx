import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { currentCustomer, demoCustomers, signIn } from '../session.ts'
import type { Customer } from '../session.ts'

export default function Account() {
  const current = currentCustomer()
  const change = useMutation({
    mutationFn: (customer: Customer | null) => signIn(customer),
    // A fresh page: nothing of the shopper before may stay in any cache.
    onSuccess: () => location.assign('/store/account'),
  })
  return (
    <div className="wrap narrow">
      <h1>{current ? `Hello, ${current.name.split(' ')[0]}` : 'Sign in'}</h1>
      {current ? (
        <>
          <ul className="account-links">
            <li>
              <Link to="/orders">
                <strong>Orders</strong>
                <span className="dim">What you bought, and what can still be changed</span>
              </Link>
            </li>
            <li>
              <Link to="/memory">
                <strong>What we remember</strong>
                <span className="dim">See it, correct it, delete it</span>
              </Link>
            </li>
          </ul>
          <button
            type="button"
            className="button"
            disabled={change.isPending}
            onClick={() => change.mutate(null)}
          >
            Sign out
          </button>
        </>
      ) : (
        <p className="dim">
          Choose a demo customer. Sign in as the same one on another device or in a private window, and the
          assistant knows there what you looked at here.
        </p>
      )}
      {current ? <h2>Sign in as someone else</h2> : null}
      <ul className="account-links">
        {demoCustomers
          .filter((customer) => customer.id !== current?.id)
          .map((customer) => (
            <li key={customer.id}>
              <button type="button" disabled={change.isPending} onClick={() => change.mutate(customer)}>
                <strong>Sign in as {customer.name}</strong>
                <span className="dim">{customer.note}</span>
              </button>
            </li>
          ))}
      </ul>
      {change.isError ? (
        <p className="warn" role="alert">
          {change.error.message}
        </p>
      ) : null}
    </div>
  )
}
