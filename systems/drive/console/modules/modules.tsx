import { NativeSelect, SegmentedControl, Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Loaded, Page, useUrlState } from '@heavylift/ui'
import type { ComponentType } from 'react'
import type { Recording } from '../../src/clearance/recordings/recording.ts'
import { chosenScenario } from '../viewer/first-scenario.ts'
import { useRun, useScenarios, useVersions } from '../viewer/use-runs.ts'
import {
  PerceptionPanel,
  PlanningPanel,
  PredictionPanel,
  SafetyPanel,
  VehiclePanel,
} from './module-panels.tsx'
import shared from '../shared.module.css'

interface Module {
  title: string
  lead: string
  measure: string
  Panel: ComponentType<{ recording: Recording }>
}

const modules: Record<string, Module> = {
  vehicle: {
    title: 'Vehicle',
    lead: 'How it moved: acceleration, jerk and yaw rate beside the limits of comfort.',
    measure: 'npx heavylift eval drive.closed-loop',
    Panel: VehiclePanel,
  },
  perception: {
    title: 'Perception',
    lead: 'What it told of the world, beside what was there.',
    measure: 'npx heavylift eval drive.tracking',
    Panel: PerceptionPanel,
  },
  prediction: {
    title: 'Prediction',
    lead: 'Where it said that others would go, beside where they went.',
    measure: 'npx heavylift eval drive.prediction',
    Panel: PredictionPanel,
  },
  planning: {
    title: 'Planning',
    lead: 'What it weighed, what it chose, and whether it was followed.',
    measure: 'npx heavylift eval drive.closed-loop',
    Panel: PlanningPanel,
  },
  safety: {
    title: 'Safety layer',
    lead: 'How near it came, and where safety layer and emergency brake stepped in.',
    measure: 'npx heavylift eval drive.closed-loop',
    Panel: SafetyPanel,
  },
}

/** The parts of a driving stack, each with its figures over one run. */
export default function Modules() {
  const [url, setUrl] = useUrlState({ of: 'perception', scenario: '', set: '', seed: '1', version: '' })
  const scenarios = useScenarios()
  const versions = useVersions()
  const names = versions.data?.versions.map(({ name }) => name).filter((name) => name !== 'scenario') ?? []
  const choice = {
    ...chosenScenario(url),
    seed: url.seed,
    version:
      url.version === ''
        ? (['pdm-sensors', 'pdm', 'idm'].find((name) => names.includes(name)) ?? '')
        : url.version,
  }
  const run = useRun(choice, choice.version !== '')
  const { title, lead, measure, Panel } = modules[url.of] ?? (modules['perception'] as Module)
  return (
    <Page
      title={`Stack: ${title.toLowerCase()}`}
      lead={lead}
      actions={
        <>
          <Select
            size="xs"
            aria-label="Scenario"
            searchable
            allowDeselect={false}
            data={
              scenarios.data?.scenarios.map((scenario) => ({
                value: scenario.name,
                label: scenario.title,
              })) ?? []
            }
            value={choice.scenario}
            onChange={(scenario) => setUrl({ scenario: scenario ?? '', set: '' })}
          />
          <NativeSelect
            size="xs"
            aria-label="Version"
            data={names}
            value={choice.version}
            onChange={(event) => setUrl({ version: event.currentTarget.value })}
          />
        </>
      }
    >
      <SegmentedControl
        size="xs"
        className={shared['of']}
        aria-label="Part of the stack"
        data={Object.entries(modules).map(([value, module]) => ({ value, label: module.title }))}
        value={url.of}
        onChange={(of) => setUrl({ of })}
      />
      <Loaded of={run} what="Driving the scenario">
        {({ recording }) => (
          <>
            <Panel recording={recording} />
            <p className={shared['note']}>
              One run, {recording.name}, seed {choice.seed}.{' '}
              <Link
                to={'/drive/viewer' as '/'}
                search={
                  {
                    scenario: choice.scenario,
                    version: choice.version,
                    ...(choice.set ? { set: choice.set } : {}),
                  } as never
                }
              >
                Watch it
              </Link>
              . Over many: <span className="hl-code">{measure}</span>. A part of your own takes its place in a
              version: see the README of drive.
            </p>
          </>
        )}
      </Loaded>
    </Page>
  )
}
