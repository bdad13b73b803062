import { Button, PasswordInput } from '@mantine/core'
import {
  DataTable,
  Empty,
  ErrorState,
  EvidenceDrawer,
  Facts,
  Loaded,
  Notice,
  formatAgo,
  formatTime,
} from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api.ts'
import { credentialStates, kindWords } from './credential-words.ts'
import type { Credential } from './credential-words.ts'

/** What a credential is for and who used it; another secret in its place, connecting, and revoking. */
export function CredentialDrawer({
  credential,
  onClose,
  onRevoke,
}: {
  credential: Credential | null
  onClose: () => void
  onRevoke: (credential: Credential) => void
}) {
  return (
    <EvidenceDrawer
      isOpen={credential !== null}
      onClose={onClose}
      title={credential?.name ?? ''}
      note={credential?.about ?? ''}
    >
      {credential === null ? null : (
        <Details key={credential.name} credential={credential} onRevoke={onRevoke} />
      )}
    </EvidenceDrawer>
  )
}

function Details({
  credential,
  onRevoke,
}: {
  credential: Credential
  onRevoke: (credential: Credential) => void
}) {
  const { name, kind, state } = credential
  const queries = useQueryClient()
  const [secret, setSecret] = useState('')
  const uses = useQuery({
    queryKey: ['agents', 'credentials', name, 'uses'],
    queryFn: ({ signal }) =>
      api.get('/credentials/:name/uses', { params: { name }, query: { limit: 50 }, signal }),
  })
  const refresh = () => queries.invalidateQueries({ queryKey: ['agents', 'credentials'] })
  const rotate = useMutation({
    mutationFn: () => api.post('/credentials/:name/rotate', { params: { name }, body: { secret } }),
    onSuccess: async () => {
      setSecret('')
      await refresh()
    },
  })
  return (
    <>
      {credential.problem === null ? null : <Notice tone="bad" title={credential.problem} />}
      <Facts
        facts={[
          ['Kind', kindWords[kind] ?? kind],
          ['State', credentialStates[state].word],
          ['Goes to', credential.sources.join(', ')],
          ['For', credential.team === null ? 'all agents' : `agents of ${credential.team}`],
          ['Agents', credential.agents.join(', ') || 'none'],
          ['Secret of', formatAgo(credential.rotatedMs ?? credential.madeMs, Date.now())],
        ]}
      />
      {kind === 'oauth2' && state !== 'revoked' ? <Connect name={name} onConnected={refresh} /> : null}
      <form
        className="hl-stack"
        onSubmit={(event) => {
          event.preventDefault()
          rotate.mutate()
        }}
      >
        <PasswordInput
          label={kind === 'oauth2' ? 'Another client secret' : 'Another secret'}
          description="Holds from the next call on, in every process."
          autoComplete="off"
          value={secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
        {rotate.isError ? <ErrorState error={rotate.error} /> : null}
        <div className="hl-row">
          <Button type="submit" size="compact-md" disabled={secret === ''} loading={rotate.isPending}>
            Rotate
          </Button>
          <Button
            size="compact-md"
            variant="default"
            disabled={state === 'revoked'}
            onClick={() => onRevoke(credential)}
          >
            Revoke
          </Button>
        </div>
      </form>
      <Loaded of={uses} what="Reading who used it" lines={3}>
        {({ uses: rows }) =>
          rows.length === 0 ? (
            <Empty title="Nobody has used it">Each call with it leaves a row here.</Empty>
          ) : (
            <DataTable
              caption="Who used it"
              rows={rows}
              keyOf={({ atMs, runId, path }) => `${atMs} ${runId ?? ''} ${path ?? ''}`}
              urlName="uses"
              columns={[
                { key: 'at', title: 'When', width: '150px', render: ({ atMs }) => formatTime(atMs) },
                {
                  key: 'who',
                  title: 'Who',
                  isWide: true,
                  render: ({ agent, version, runId }) =>
                    runId === null ? (
                      'a person, trying'
                    ) : (
                      <Link to={`/agents/runs/${runId}` as '/'}>
                        {agent} v{version}
                      </Link>
                    ),
                },
                {
                  key: 'what',
                  title: 'For',
                  width: '170px',
                  render: ({ source, tool }) => `${source} ${tool}`,
                },
              ]}
            />
          )
        }
      </Loaded>
    </>
  )
}

/** OAuth 2: goes to the authorization server, or shows the code that a person types there. */
function Connect({ name, onConnected }: { name: string; onConnected: () => Promise<void> }) {
  const begin = useMutation({
    mutationFn: async () => {
      const begun = await api.post('/credentials/:name/connect', {
        params: { name },
        body: { redirectUri: `${location.origin}${location.pathname}` },
      })
      if (begun.url !== null) location.assign(begun.url)
      if (begun.kind === 'done') await onConnected()
      return begun
    },
  })
  const device = begin.data?.device ?? null
  const poll = useQuery({
    enabled: device !== null,
    queryKey: ['agents', 'credentials', 'device', device?.id],
    retry: false,
    refetchInterval: (query) =>
      query.state.data?.isConnected === true || query.state.error ? false : (device?.intervalS ?? 5) * 1_000,
    queryFn: async () => {
      const found = await api.post('/credentials/poll', { body: { id: device?.id ?? '' } })
      if (found.isConnected) await onConnected()
      return found
    },
  })
  return (
    <div className="hl-stack">
      <div className="hl-row">
        <Button size="compact-md" loading={begin.isPending} onClick={() => begin.mutate()}>
          Connect
        </Button>
      </div>
      {begin.isError ? <ErrorState error={begin.error} /> : null}
      {poll.isError ? <ErrorState error={poll.error} /> : null}
      {device !== null && poll.data?.isConnected !== true ? (
        <Notice title={`Type ${device.userCode}`}>
          <p>
            at{' '}
            <a
              href={device.verificationUriComplete ?? device.verificationUri}
              target="_blank"
              rel="noreferrer"
            >
              {device.verificationUri}
            </a>
            . This page goes on by itself.
          </p>
        </Notice>
      ) : null}
      {poll.data?.isConnected === true || begin.data?.kind === 'done' ? (
        <Notice tone="good" title="Connected" />
      ) : null}
    </div>
  )
}
