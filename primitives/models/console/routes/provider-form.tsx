import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Panel } from '@heavylift/ui'
import type { ConfigAnswer } from '../../src/routes/config.ts'
import { newProvider, providerKinds, providerOf } from './provider-draft.ts'
import type { ProviderDraft } from './provider-draft.ts'
import { SaveError } from './save-error.tsx'
import { problemAt, problemsOf, useSaveConfig } from './use-config.ts'

/** Adds a provider. Keys are named, never typed: they stay in the environment or in a file. */
export function ProviderForm({ config, onDone }: { config: ConfigAnswer; onDone: () => void }) {
  const [name, setName] = useState('')
  const [draft, setDraft] = useState<ProviderDraft>(newProvider)
  const save = useSaveConfig(onDone)
  const problems = problemsOf(save.error)
  const change = (part: Partial<ProviderDraft>) => setDraft((old) => ({ ...old, ...part }))
  const at = (path: string) => problemAt(problems, ['providers', name.trim(), path])
  const reference = (
    label: string,
    key: 'apiKey' | 'accessKeyId' | 'secretAccessKey',
    description: string,
  ) => (
    <TextInput
      label={label}
      description={description}
      placeholder="file:NAME or env:HEAVYLIFT_SECRET_…"
      value={draft[key]}
      error={at(key)}
      onChange={(event) => change({ [key]: event.currentTarget.value })}
    />
  )
  return (
    <Panel title="New provider" note="keys stand in the table by reference only">
      <form
        className="hl-stack"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate({
            change: { kind: 'provider', name: name.trim(), provider: providerOf(draft) },
            baseVersion: config.version,
          })
        }}
      >
        <div className="models-fields">
          <TextInput
            label="Name"
            placeholder="e.g. gpus"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <NativeSelect
            label="Kind"
            value={draft.kind}
            onChange={(event) => change({ kind: event.currentTarget.value as ProviderDraft['kind'] })}
            data={Object.entries(providerKinds).map(([value, label]) => ({ value, label }))}
          />
        </div>
        {draft.kind === 'openai' ? (
          <Textarea
            label="Replicas"
            description="Addresses up to and with /v1, a line each; the load is shared between them"
            placeholder="http://127.0.0.1:8000/v1"
            rows={3}
            classNames={{ input: 'hl-code' }}
            value={draft.replicas}
            error={at('replicas')}
            onChange={(event) => change({ replicas: event.currentTarget.value })}
          />
        ) : null}
        <div className="models-fields">
          {draft.kind === 'openai' ? reference('Key', 'apiKey', 'Empty for a server without keys') : null}
          {draft.kind === 'anthropic' ? reference('Key', 'apiKey', 'Where the key is kept') : null}
          {draft.kind === 'bedrock' ? (
            <>
              <TextInput
                label="Region"
                description="Of the AWS account"
                placeholder="eu-west-1"
                value={draft.region}
                error={at('region')}
                onChange={(event) => change({ region: event.currentTarget.value })}
              />
              {reference('Access key id', 'accessKeyId', 'Where it is kept')}
              {reference('Secret access key', 'secretAccessKey', 'Where it is kept')}
            </>
          ) : null}
          {draft.kind === 'engine' ? (
            <TextInput
              label="Model"
              description="A pulled one, or an absolute path of a GGUF file"
              value={draft.model}
              error={at('model')}
              onChange={(event) => change({ model: event.currentTarget.value })}
            />
          ) : null}
        </div>
        {save.isError ? <SaveError error={save.error} /> : null}
        <div className="hl-row">
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
            Add provider
          </Button>
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
        </div>
      </form>
    </Panel>
  )
}
