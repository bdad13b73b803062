import { Button, Modal, NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { ErrorState } from '@heavylift/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CredentialSpec } from '../../src/credentials/credential.ts'
import { api } from '../api.ts'
import { kindWords } from './credential-words.ts'

const grants = {
  authorization_code: 'A person allows it (code with PKCE)',
  device_code: 'A person types a code (device)',
  client_credentials: 'The client itself (client credentials)',
}
type Grant = keyof typeof grants
/** `found`: OAuth 2 whose particulars the server says. */
type Kind = CredentialSpec['kind'] | 'found'

const empty = {
  name: '',
  user: '',
  header: 'X-Api-Key',
  parameter: 'api_key',
  issuer: '',
  clientId: '',
  scopes: '',
  secret: '',
  team: '',
}

/** A credential with its secret, which goes to the server once and never comes back. */
export function AddCredential({ sources, onClose }: { sources: readonly string[]; onClose: () => void }) {
  const queries = useQueryClient()
  const [kind, setKind] = useState<Kind>('bearer')
  const [grant, setGrant] = useState<Grant>('authorization_code')
  const [fields, setFields] = useState(empty)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const add = useMutation({
    mutationFn: async () => {
      const { name, clientId, secret } = fields
      const given = {
        name,
        team: fields.team === '' ? null : fields.team,
        ...(secret === '' ? {} : { secret }),
      }
      if (kind !== 'found')
        return await api.post('/credentials', {
          body: { ...given, spec: specOf(kind, grant, fields), sources: [...chosen] },
        })
      return await api.post('/credentials/sign-in', {
        body: {
          ...given,
          source: chosen[0] ?? '',
          redirectUri: `${location.origin}${location.pathname}`,
          ...(clientId === '' ? {} : { clientId }),
        },
      })
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['agents', 'credentials'] })
      onClose()
    },
  })
  const text = (label: string, field: keyof typeof empty, placeholder = '', description = '') => (
    <TextInput
      label={label}
      description={description}
      placeholder={placeholder}
      autoComplete="off"
      value={fields[field]}
      onChange={(event) => setFields({ ...fields, [field]: event.currentTarget.value })}
    />
  )
  const usable = sources.filter((name) => name.includes(':') && (kind !== 'found' || name.startsWith('mcp:')))
  return (
    <Modal
      opened
      onClose={onClose}
      title="Add a credential"
      size={560}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className="hl-stack"
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <NativeSelect
          label="Kind"
          value={kind}
          data={Object.entries({ ...kindWords, found: 'OAuth 2, as an MCP server says' }).map(
            ([value, label]) => ({
              value,
              label,
            }),
          )}
          onChange={(event) => {
            setKind(event.currentTarget.value as Kind)
            setChosen([])
          }}
        />
        {text('Name', 'name', 'orders-reader')}
        {kind === 'basic' ? text('User', 'user') : null}
        {kind === 'header' ? text('Header', 'header') : null}
        {kind === 'query' ? text('Parameter', 'parameter') : null}
        {kind === 'found'
          ? text('Client id', 'clientId', '', 'Only where the server registers no clients by itself.')
          : null}
        {kind === 'oauth2' ? (
          <>
            <NativeSelect
              label="How it is allowed"
              value={grant}
              data={Object.entries(grants).map(([value, label]) => ({ value, label }))}
              onChange={(event) => setGrant(event.currentTarget.value as Grant)}
            />
            {text(
              'Authorization server',
              'issuer',
              'https://login.example.com',
              `Tell it to come back to ${location.origin}${location.pathname}`,
            )}
            {text('Client id', 'clientId')}
            {text('Scopes', 'scopes', 'openid offline_access')}
          </>
        ) : null}
        <PasswordInput
          label={
            kind === 'oauth2' || kind === 'found' ? 'Client secret' : kind === 'basic' ? 'Password' : 'Secret'
          }
          description="Sealed at once, and never shown again."
          autoComplete="off"
          value={fields.secret}
          onChange={(event) => setFields({ ...fields, secret: event.currentTarget.value })}
        />
        <fieldset>
          <legend>Goes to</legend>
          {usable.length === 0 ? (
            <p className="hl-fine">Add tools first: a credential names the sources that it goes to.</p>
          ) : null}
          {usable.map((name) => (
            <label key={name} className="hl-row">
              <input
                type={kind === 'found' ? 'radio' : 'checkbox'}
                name="sources"
                checked={chosen.includes(name)}
                onChange={(event) =>
                  setChosen(
                    !event.currentTarget.checked
                      ? chosen.filter((each) => each !== name)
                      : kind === 'found'
                        ? [name]
                        : [...chosen, name],
                  )
                }
              />{' '}
              {name}
            </label>
          ))}
        </fieldset>
        {text('Team', 'team', '', 'Only its agents may use it; empty for all.')}
        {add.isError ? <ErrorState error={add.error} /> : null}
        <div className="hl-row">
          <Button type="submit" loading={add.isPending} disabled={fields.name === '' || chosen.length === 0}>
            Add credential
          </Button>
        </div>
      </form>
    </Modal>
  )
}

function specOf(kind: CredentialSpec['kind'], grant: Grant, fields: typeof empty): CredentialSpec {
  const { user, header, parameter, issuer, clientId, scopes, secret } = fields
  switch (kind) {
    case 'bearer':
      return { kind }
    case 'basic':
      return { kind, user }
    case 'header':
      return { kind, header, prefix: '' }
    case 'query':
      return { kind, parameter }
    case 'oauth2':
      return {
        kind,
        grant,
        issuer,
        clientId,
        scopes: scopes.split(/\s+/).filter(Boolean),
        clientAuth: secret === '' ? 'none' : 'client_secret_basic',
      }
  }
}
