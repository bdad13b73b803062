import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { ErrorState } from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'
import { kinds } from './effects.ts'
import type { AddedKind } from './effects.ts'

/** Registers a source of tools; the server says what is wrong with it before it is kept. */
export function AddSource({ onClose, onAdded }: { onClose: () => void; onAdded: (name: string) => void }) {
  const queries = useQueryClient()
  const [kind, setKind] = useState<AddedKind>('openapi')
  const [fields, setFields] = useState({
    name: '',
    address: '',
    smtp: '',
    from: '',
    schemas: 'public',
    credential: '',
  })
  const [file, setFile] = useState<File | null>(null)
  const credentials = useQuery({
    queryKey: ['agents', 'credentials'],
    queryFn: ({ signal }) => api.get('/credentials', { signal }),
  })
  const put = (change: Partial<typeof fields>) => setFields({ ...fields, ...change })
  const { word, address, hint } = kinds.find((each) => each.kind === kind)!
  const add = useMutation({
    mutationFn: async () =>
      api.post('/sources', {
        body: {
          name: `${kind}:${fields.name}`,
          title: fields.name,
          document: kind === 'openapi' ? ((await file?.text()) ?? null) : null,
          credential: fields.credential === '' ? null : fields.credential,
          spec: {
            ...(fields.address === '' ? {} : { url: fields.address }),
            ...(kind === 'sql' ? { schemas: fields.schemas.split(/[\s,]+/).filter(Boolean) } : {}),
            ...(kind === 'mail' && fields.smtp !== '' ? { smtp: fields.smtp, from: fields.from } : {}),
          },
        },
      }),
    onSuccess: async ({ name }) => {
      await queries.invalidateQueries({ queryKey: ['agents', 'sources'] })
      onAdded(name)
    },
  })
  const text = (label: string, field: keyof typeof fields, placeholder = '', description = '') => (
    <TextInput
      label={label}
      description={description}
      placeholder={placeholder}
      value={fields[field]}
      onChange={(event) => put({ [field]: event.currentTarget.value })}
    />
  )
  return (
    <Modal opened onClose={onClose} title="Add tools" size={560} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className="hl-stack"
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <NativeSelect
          label="From"
          value={kind}
          data={kinds.map((each) => ({ value: each.kind, label: each.word }))}
          onChange={(event) => setKind(event.currentTarget.value as AddedKind)}
        />
        {text('Name', 'name', 'orders', `Agents name it ${kind}:${fields.name || '…'}`)}
        {kind === 'openapi' ? (
          <label>
            <b>Document</b>{' '}
            <input
              type="file"
              accept=".json,.yaml,.yml"
              onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
            />
          </label>
        ) : null}
        {text(address, 'address', hint)}
        {kind === 'sql' ? text('Schemas that may be read', 'schemas', 'public') : null}
        {kind === 'mail' ? text('SMTP address, where it may send', 'smtp', 'smtps://mail.example.com') : null}
        {kind === 'mail' && fields.smtp !== '' ? text('Sender', 'from', 'desk@example.com') : null}
        <NativeSelect
          label="Signs in with"
          description="A credential that names this source. It can be added afterwards."
          value={fields.credential}
          data={[
            { value: '', label: 'Nothing' },
            ...(credentials.data?.credentials.map(({ name }) => ({ value: name, label: name })) ?? []),
          ]}
          onChange={(event) => put({ credential: event.currentTarget.value })}
        />
        {add.isError ? <ErrorState error={add.error} /> : null}
        <div className="hl-row">
          <Button
            type="submit"
            loading={add.isPending}
            disabled={fields.name === '' || (kind === 'openapi' ? file === null : fields.address === '')}
          >
            Add {word}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
