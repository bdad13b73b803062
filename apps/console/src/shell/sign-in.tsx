import { Button, PasswordInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { ApiError } from '@heavylift/ui'
import { storeKey, storedKey } from '@heavylift/ui/shell'
import { useSystems } from './use-systems.ts'
import styles from './sign-in.module.css'

/** Says how to sign in when the server wants to know who asks; shows the console otherwise. */
export function SignIn({ linkFailure, children }: { linkFailure: string | null; children: ReactNode }) {
  const systems = useSystems()
  const client = useQueryClient()
  const [key, setKey] = useState('')
  const error = systems.error
  if (!(error instanceof ApiError) || (error.status !== 401 && error.status !== 403)) return children
  const wasRefused = storedKey() !== null

  return (
    <main className={styles['page']}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          storeKey(key.trim())
          void client.resetQueries()
        }}
      >
        <img src="/favicon.svg" width="40" height="40" alt="" />
        <h1>Heavylift</h1>
        <p className="hl-dim">
          Open the sign-in link that the server printed when it started, or run{' '}
          <code>npx heavylift sign-in</code> on its machine for a new one.
        </p>
        {linkFailure === null ? null : (
          <p role="alert" className="hl-signin-failure">
            {linkFailure}
          </p>
        )}
        <PasswordInput
          label="Or an API key"
          description="npx heavylift keys create makes one."
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          error={wasRefused ? error.message : undefined}
          autoComplete="off"
          data-autofocus
        />
        <Button type="submit" disabled={key.trim() === ''}>
          Open the console
        </Button>
      </form>
    </main>
  )
}
