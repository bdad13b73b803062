import { Button, NativeSelect, NumberInput, Select } from '@mantine/core'
import { Panel } from '@heavylift/ui'
import type { ScenarioListing, VersionListing } from '../api.ts'
import { parametersOf, setOf } from './run-words.ts'
import shared from '../shared.module.css'
import styles from './scenario-form.module.css'

export interface Choice {
  scenario: string
  set: string
  seed: string
  version: string
  against: string
}

/** What is run: scenario, its parameters, seed, version, and a second version beside it. */
export function ScenarioForm({
  scenarios,
  versions,
  choice,
  onChange,
}: {
  scenarios: ScenarioListing[]
  versions: VersionListing[]
  choice: Choice
  onChange: (change: Partial<Choice>) => void
}) {
  const scenario = scenarios.find(({ name }) => name === choice.scenario)
  const values = parametersOf(choice.set)
  const names = versions.filter(({ name }) => name !== 'scenario').map(({ name }) => name)
  return (
    <Panel
      title="Scenario"
      actions={
        choice.set === '' ? null : (
          <Button size="compact-xs" variant="subtle" onClick={() => onChange({ set: '' })}>
            Usual values
          </Button>
        )
      }
    >
      <div className={styles['form']}>
        <Select
          size="xs"
          label="Scenario"
          searchable
          allowDeselect={false}
          data={scenarios.map(({ name, title }) => ({ value: name, label: title }))}
          value={choice.scenario}
          onChange={(name) => onChange({ scenario: name ?? '', set: '' })}
        />
        <p className={shared['note']}>{scenario?.summary}</p>
        <div className={styles['formPair']}>
          <NativeSelect
            size="xs"
            label="Version"
            data={names}
            value={choice.version}
            onChange={(event) => onChange({ version: event.currentTarget.value })}
          />
          <NativeSelect
            size="xs"
            label="Against"
            data={[{ value: '', label: 'none' }, ...names]}
            value={choice.against}
            onChange={(event) => onChange({ against: event.currentTarget.value })}
          />
        </div>
        {scenario?.parameters.map((parameter) => (
          <NumberInput
            key={`${scenario.name} ${parameter.name}`}
            size="xs"
            label={labelOf(parameter)}
            min={parameter.min}
            max={parameter.max}
            step={parameter.step ?? (parameter.max - parameter.min) / 20}
            clampBehavior="blur"
            decimalScale={3}
            value={values[parameter.name] ?? parameter.default}
            onChange={(value) => {
              const number = Number(value)
              if (value !== '' && number >= parameter.min && number <= parameter.max)
                onChange({ set: setOf({ ...values, [parameter.name]: number }, scenario.parameters) })
            }}
          />
        ))}
        <NumberInput
          size="xs"
          label="Seed"
          min={0}
          allowDecimal={false}
          value={Number(choice.seed)}
          onChange={(value) => {
            if (value !== '' && Number.isInteger(Number(value))) onChange({ seed: String(value) })
          }}
        />
      </div>
    </Panel>
  )
}

/** What a parameter is, with its unit. */
function labelOf({ summary, unit }: ScenarioListing['parameters'][number]): string {
  const words = summary.replace(/\.$/, '')
  return unit === '' ? words : `${words} (${unit})`
}
