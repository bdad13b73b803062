import { Button } from '@mantine/core'
import {
  ConfirmDialog,
  DataTable,
  Empty,
  ErrorState,
  Loaded,
  Notice,
  Panel,
  StateMark,
  formatAgo,
  useUrlState,
} from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'
import { AddCredential } from './add-credential.tsx'
import { CredentialDrawer } from './credential-drawer.tsx'
import { credentialStates, kindWords } from './credential-words.ts'
import type { Credential } from './credential-words.ts'

/** What agents sign in with; what is secret of it is never shown. */
export function CredentialList({ sources }: { sources: readonly string[] }) {
  const queries = useQueryClient()
  const [state, set] = useUrlState({ credential: '' })
  const [isAdding, setAdding] = useState(false)
  const [revoking, setRevoking] = useState<Credential | null>(null)
  const credentials = useQuery({
    queryKey: ['agents', 'credentials'],
    queryFn: ({ signal }) => api.get('/credentials', { signal }),
  })
  const revoke = useMutation({
    mutationFn: (name: string) => api.post('/credentials/:name/revoke', { params: { name } }),
    onSuccess: async () => {
      setRevoking(null)
      await queries.invalidateQueries({ queryKey: ['agents', 'credentials'] })
    },
  })
  const rows = credentials.data?.credentials ?? []
  const add = (
    <Button size="compact-sm" variant="default" onClick={() => setAdding(true)}>
      Add credential
    </Button>
  )
  return (
    <Panel title="Credentials" flush actions={rows.length > 0 ? add : null}>
      <Finished />
      <Loaded of={credentials} what="Reading the credentials" lines={4}>
        {() =>
          rows.length === 0 ? (
            <Empty title="No credentials yet" action={add}>
              A token, a password or an OAuth 2 connection that tools sign in with. It is sealed in the
              database and goes to the sources that you name, and nowhere else.
            </Empty>
          ) : (
            <DataTable
              caption="Credentials"
              rows={rows}
              keyOf={({ name }) => name}
              onOpen={({ name }) => set({ credential: name })}
              selected={state.credential}
              urlName="credentials"
              columns={[
                {
                  key: 'name',
                  title: 'Credential',
                  isWide: true,
                  sortBy: ({ name }) => name,
                  render: ({ name, about }) => (
                    <span title={about}>
                      <b>{name}</b> <span className="hl-fine">{about}</span>
                    </span>
                  ),
                },
                {
                  key: 'kind',
                  title: 'Kind',
                  width: '150px',
                  isSecondary: true,
                  render: ({ kind }) => kindWords[kind] ?? kind,
                },
                {
                  key: 'state',
                  title: 'State',
                  width: '144px',
                  render: (row) => (
                    <StateMark state={credentialStates[row.state].mark}>
                      {credentialStates[row.state].word}
                    </StateMark>
                  ),
                },
                {
                  key: 'sources',
                  title: 'Goes to',
                  width: '180px',
                  isSecondary: true,
                  render: (row) => <span title={row.sources.join(', ')}>{row.sources.join(', ')}</span>,
                },
                {
                  key: 'used',
                  title: 'Last used',
                  width: '110px',
                  isSecondary: true,
                  sortBy: ({ lastUsedMs }) => lastUsedMs,
                  render: ({ lastUsedMs }) =>
                    lastUsedMs === null ? 'never' : formatAgo(lastUsedMs, Date.now()),
                },
              ]}
            />
          )
        }
      </Loaded>
      {isAdding ? <AddCredential sources={sources} onClose={() => setAdding(false)} /> : null}
      <CredentialDrawer
        credential={rows.find(({ name }) => name === state.credential) ?? null}
        onClose={() => set({ credential: '' })}
        onRevoke={setRevoking}
      />
      <ConfirmDialog
        isOpen={revoking !== null}
        title={`Revoke “${revoking?.name ?? ''}”?`}
        going={[{ count: revoking?.agents.length ?? 0, what: 'live agents use it' }]}
        confirm="Revoke credential"
        isBusy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoke.mutate(revoking?.name ?? '')}
        onCancel={() => setRevoking(null)}
      >
        What it holds is taken away now, and the next call with it is refused. Giving it another secret puts
        it in use again.
      </ConfirmDialog>
    </Panel>
  )
}

/** Where a person comes back to from an authorization server: the page itself ends the connection, with the key that began it. */
function Finished() {
  const queries = useQueryClient()
  const [parameters] = useState(() => {
    const found = new URLSearchParams(location.search)
    return found.has('state') && (found.has('code') || found.has('error')) ? found.toString() : null
  })
  const finish = useQuery({
    enabled: parameters !== null,
    retry: false,
    staleTime: Infinity,
    queryKey: ['agents', 'credentials', 'finish', parameters],
    queryFn: async () => {
      const { name } = await api.post('/credentials/finish', { body: { parameters: parameters ?? '' } })
      history.replaceState(null, '', `${location.pathname}?credential=${name}`)
      await queries.invalidateQueries({ queryKey: ['agents', 'credentials'], exact: true })
      return { name }
    },
  })
  if (finish.isError) return <ErrorState error={finish.error} />
  return finish.data ? <Notice tone="good" title={`“${finish.data.name}” is connected`} /> : null
}
