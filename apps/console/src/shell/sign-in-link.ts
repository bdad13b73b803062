/**
 * Follows a sign-in link (`#sign-in=TICKET`), which never reaches a log since a fragment stays in the browser: changes the ticket
 * for a session cookie and takes it out of the address. Returns what went wrong, or null.
 */
export async function followSignInLink(location: Location, history: History): Promise<string | null> {
  const ticket = /^#sign-in=([\w-]+)$/.exec(location.hash)?.[1]
  if (ticket === undefined) return null
  history.replaceState(history.state, '', location.pathname + location.search)
  try {
    const answer = await fetch('/api/heavylift/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ticket }),
    })
    if (answer.ok) return null
    const problem = (await answer.json()) as { error?: { message?: string } }
    return problem.error?.message ?? `The server answered ${answer.status}.`
  } catch {
    return 'The server does not answer. Check that it is running, and open the link again.'
  }
}
