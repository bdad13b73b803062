import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ChangeEvent } from 'react'
import {
  ConfirmDialog,
  Copy,
  DataTable,
  Empty,
  ErrorState,
  Loaded,
  Panel,
  StateMark,
  formatAgo,
  formatDay,
} from '@heavylift/ui'
import { api } from '../../api.ts'
import type { KeyInfo } from '../../api.ts'
import { limitsOf, limitsText, noLimits } from './key-limits.ts'
import type { LimitsDraft } from './key-limits.ts'
import styles from './settings.module.css'

type Use = 'web' | 'backend' | 'models' | 'agents' | 'operator' | 'admin'

const uses: Record<Use, { label: string; key: { kind: KeyInfo['kind']; scope: KeyInfo['scope'] } }> = {
  web: { label: 'The assistant on web pages', key: { kind: 'publishable', scope: 'storefront' } },
  backend: { label: 'A store’s own server', key: { kind: 'secret', scope: 'storefront' } },
  models: { label: 'Programs that call models', key: { kind: 'secret', scope: 'models' } },
  agents: { label: 'Programs that call agents', key: { kind: 'secret', scope: 'agents' } },
  operator: { label: 'Operators', key: { kind: 'secret', scope: 'operator' } },
  admin: { label: 'Administrators', key: { kind: 'secret', scope: 'admin' } },
}

/** API keys: made here with their secret shown once, listed, revoked. */
export function Keys() {
  const client = useQueryClient()
  const keys = useQuery({
    queryKey: ['keys'],
    queryFn: ({ signal }) => api.get('/keys', { signal }),
  })
  const [name, setName] = useState('')
  const [use, setUse] = useState<Use>('web')
  const [origins, setOrigins] = useState('')
  const [limits, setLimits] = useState(noLimits)
  const [revoking, setRevoking] = useState<KeyInfo | null>(null)
  const refresh = () => client.invalidateQueries({ queryKey: ['keys'] })
  const create = useMutation({
    mutationFn: () =>
      api.post('/keys', {
        body: {
          name,
          ...uses[use].key,
          ...(use === 'web' ? { allowedOrigins: origins.split(/[\s,]+/).filter(Boolean) } : {}),
          ...(use === 'models' ? limitsOf(limits) : {}),
        },
      }),
    onSuccess: () => {
      setName('')
      setLimits(noLimits)
      return refresh()
    },
  })
  const revoke = useMutation({
    mutationFn: (keyId: string) => api.delete('/keys/:keyId', { params: { keyId } }),
    onSuccess: () => {
      setRevoking(null)
      return refresh()
    },
  })

  return (
    <Panel
      title="API keys"
      note="storefront: shoppers’ pages · models: calls of models · operator: this console · admin: keys too"
      flush
    >
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate()
        }}
      >
        <TextInput
          label="Name"
          placeholder="e.g. Web shop"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={80}
        />
        <NativeSelect
          label="For"
          value={use}
          onChange={(event) => setUse(event.currentTarget.value as Use)}
          data={Object.entries(uses).map(([value, { label }]) => ({ value, label }))}
        />
        {use === 'web' ? (
          <TextInput
            label="Pages that may use it"
            placeholder="https://shop.example.com"
            value={origins}
            onChange={(event) => setOrigins(event.currentTarget.value)}
          />
        ) : null}
        {use === 'models' ? <Limits draft={limits} onChange={setLimits} /> : null}
        <Button
          type="submit"
          loading={create.isPending}
          disabled={name.trim() === '' || (use === 'web' && origins.trim() === '')}
        >
          Create key
        </Button>
      </form>
      {create.isError ? <ErrorState error={create.error} /> : null}
      {create.data ? (
        <div className={styles['secret']} role="status">
          <strong>Copy this key now: it is shown only once</strong>
          <Copy text={create.data.secret} label="Copy the key" />
          <span className="hl-fine">Only its hash is kept. If it is lost, revoke it and make another.</span>
        </div>
      ) : null}
      <Loaded of={keys} what="Loading keys" lines={3}>
        {(answer) =>
          answer.keys.length === 0 ? (
            <Empty title="No key yet">
              On this machine none is needed. Make one before the server listens on any other address.
            </Empty>
          ) : (
            <DataTable
              caption="API keys"
              rows={answer.keys}
              keyOf={(key) => key.keyId}
              columns={[
                {
                  key: 'name',
                  title: 'Name',
                  render: (key) => {
                    const limited = limitsText(key)
                    return limited === '' ? (
                      key.name
                    ) : (
                      <span title={limited}>
                        {key.name} <span className="hl-fine">{limited}</span>
                      </span>
                    )
                  },
                },
                {
                  key: 'prefix',
                  title: 'Starts with',
                  isSecondary: true,
                  render: (key) => <span className="hl-code hl-fine">{key.prefix}…</span>,
                },
                {
                  key: 'scope',
                  title: 'May do',
                  width: '112px',
                  render: (key) => `${key.scope}${key.kind === 'publishable' ? ', public' : ''}`,
                },
                {
                  key: 'created',
                  title: 'Created',
                  width: '120px',
                  isSecondary: true,
                  render: (key) => formatDay(key.createdAtMs),
                },
                {
                  key: 'used',
                  title: 'Last used',
                  width: '120px',
                  isSecondary: true,
                  render: (key) =>
                    key.lastUsedAtMs === null ? 'never' : formatAgo(key.lastUsedAtMs, Date.now()),
                },
                {
                  key: 'state',
                  title: 'State',
                  width: '112px',
                  render: (key) => (
                    <StateMark state={key.revokedAtMs === null ? 'good' : 'idle'}>
                      {key.revokedAtMs === null ? 'Active' : 'Revoked'}
                    </StateMark>
                  ),
                },
                {
                  key: 'revoke',
                  title: <span className="hl-hidden">Actions</span>,
                  width: '96px',
                  render: (key) =>
                    key.revokedAtMs === null ? (
                      <Button size="compact-xs" variant="default" onClick={() => setRevoking(key)}>
                        Revoke
                      </Button>
                    ) : null,
                },
              ]}
            />
          )
        }
      </Loaded>
      <ConfirmDialog
        isOpen={revoking !== null}
        title={`Revoke “${revoking?.name ?? ''}”?`}
        confirm="Revoke key"
        isBusy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoking && revoke.mutate(revoking.keyId)}
        onCancel={() => setRevoking(null)}
      >
        Whatever uses this key is refused from its next request on. This cannot be undone.
      </ConfirmDialog>
    </Panel>
  )
}

/** What the key may use of the models; a field left empty limits nothing. */
function Limits({ draft, onChange }: { draft: LimitsDraft; onChange: (draft: LimitsDraft) => void }) {
  const field = (name: keyof LimitsDraft) => ({
    value: draft[name],
    onChange: (event: ChangeEvent<HTMLInputElement>) =>
      onChange({ ...draft, [name]: event.currentTarget.value }),
  })
  return (
    <>
      <TextInput label="Models" placeholder="all" {...field('models')} />
      <TextInput
        label="Requests a minute"
        placeholder="no limit"
        type="number"
        min={1}
        step={1}
        {...field('requestsPerMinute')}
      />
      <TextInput
        label="Budget, USD a day"
        placeholder="no limit"
        type="number"
        min={0}
        step="any"
        {...field('budgetUsdPerDay')}
      />
      <TextInput label="Works until the end of" type="date" {...field('lastDay')} />
    </>
  )
}
