import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Icon } from '@heavylift/ui'
import type { TargetDraft } from './route-draft.ts'

/** Where a route leads, in order. Tier 0 shares the load; a higher one is asked when all below it cannot. */
export function Targets({
  targets,
  providers,
  problem,
  onChange,
}: {
  targets: readonly TargetDraft[]
  providers: string[]
  problem: (index: number, field: keyof TargetDraft) => string | undefined
  onChange: (targets: TargetDraft[]) => void
}) {
  const change = (index: number, part: Partial<TargetDraft>) =>
    onChange(targets.map((target, at) => (at === index ? { ...target, ...part } : target)))
  return (
    <fieldset className="models-targets">
      <legend>Targets</legend>
      {targets.map((target, index) => (
        <div key={index} className="models-target">
          <NativeSelect
            label="Provider"
            value={target.provider}
            error={problem(index, 'provider')}
            onChange={(event) => change(index, { provider: event.currentTarget.value })}
            data={providers.includes(target.provider) ? providers : [target.provider, ...providers]}
          />
          <TextInput
            label="Its name for the model"
            value={target.model}
            error={problem(index, 'model')}
            onChange={(event) => change(index, { model: event.currentTarget.value })}
          />
          <TextInput
            label="Tier"
            inputMode="numeric"
            value={target.tier}
            error={problem(index, 'tier')}
            onChange={(event) => change(index, { tier: event.currentTarget.value })}
          />
          <Button
            variant="subtle"
            color="gray"
            px={8}
            aria-label={`Remove target ${index + 1}`}
            disabled={targets.length === 1}
            onClick={() => onChange(targets.filter((_, at) => at !== index))}
          >
            <Icon name="bin" />
          </Button>
        </div>
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onChange([...targets, { provider: providers[0] ?? '', model: '', tier: '1' }])}
        >
          Add target
        </Button>
      </div>
    </fieldset>
  )
}
