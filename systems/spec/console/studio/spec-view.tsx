import { Group, NativeSelect, Select } from '@mantine/core'
import { Empty, Loaded, Panel } from '@heavylift/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../api.ts'
import { useEffect, useState } from 'react'
import { ChangeTray } from './change-tray.tsx'
import type { Edit } from './change-tray.tsx'
import { CodeView } from './code-view.tsx'
import { RequirementBlock } from './requirement-block.tsx'
import { loadSpec } from './load.ts'
import type { Overview } from './load.ts'
import { noEdits, useKeptEdits } from './use-kept-edits.ts'
import type { SetStudioState, StudioState } from './use-studio.ts'
import styles from './studio.module.css'

/** The spec left, the code right: a sentence lights its lines, a line its sentences. */
export function SpecView({
  id,
  of: { specs, drifts, agents, testCommand },
  state,
  set,
}: {
  id: string
  of: Overview
  state: StudioState
  set: SetStudioState
}) {
  const [kept, keep] = useKeptEdits(id)
  const { edits } = kept
  const [sought, setSought] = useState('')
  const setEdits = (next: readonly Edit[]) => keep({ edits: next, build: '' })
  const building = useQuery({
    queryKey: ['spec', id, 'builds', kept.build],
    queryFn: ({ signal }) =>
      api.get('/repositories/:id/builds/:name', { params: { id, name: kept.build }, signal }),
    enabled: kept.build !== '',
  })
  const isDone = building.data?.status === 'done'
  useEffect(() => {
    if (isDone) keep(noEdits)
  }, [isDone])
  // Where something drifted is where people look first.
  const drifted = specs.find((one) => one.requirements.some((each) => each.drifts > 0))
  const path = state.spec || (drifted ?? specs[0])?.path || ''
  const client = useQueryClient()
  const writing = useMutation({
    mutationFn: () => api.post('/repositories/:id/write', { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['spec', id] }),
  })
  const spec = useQuery({
    queryKey: ['spec', id, 'spec', path],
    queryFn: ({ signal }) => loadSpec(id, path, signal),
    enabled: path !== '',
  })
  if (specs.length === 0)
    return (
      <Empty title="There is nothing to say yet">
        No operation, model or command was found. The list of questions and what was not read say why.
      </Empty>
    )
  const all = spec.data?.requirements ?? []
  const chosen =
    all.find(({ key }) => key === state.requirement)?.sentences[Number(state.s || Number.NaN)] ?? null
  const first =
    chosen ??
    (all.find((one) => one.drifts.length > 0) ?? all[0])?.sentences.find(({ spans }) => spans.length > 0) ??
    null
  const firstDrifted = all.find((one) => one.drifts.length > 0)?.key
  const file = state.file || first?.spans[0]?.path || drifts[0]?.path || ''
  const line = Number(state.line) || 0
  const lit = (line === 0 && first ? first.spans : []).filter((span) => span.path === file)
  const edit = (from: string, to: string, requirement: string) =>
    setEdits([
      ...edits.filter((one) => one.from !== from || one.requirement !== requirement),
      ...(from === to ? [] : [{ path, requirement, from, to }]),
    ])
  return (
    <>
      {edits.length > 0 ? (
        <ChangeTray
          id={id}
          edits={edits}
          agents={agents}
          testCommand={testCommand}
          build={kept.build === '' ? null : { name: kept.build, status: building.data?.status ?? 'running' }}
          onDrop={() => keep(noEdits)}
          onBuilt={(build) => {
            keep({ edits, build })
            set({ view: 'builds', build })
          }}
        />
      ) : null}
      <div className={styles['halves']}>
        <Panel
          title="Spec"
          note={
            specs.some(({ isWritten }) => !isWritten) ? (
              <>
                as the code says it, in no file yet
                {' · '}
                <button
                  type="button"
                  className={styles['link']}
                  disabled={writing.isPending}
                  onClick={() => writing.mutate()}
                >
                  Write it into files
                </button>
                {' (as '}
                <code>heavylift spec write</code>
                {' does)'}
                {writing.isError ? ` ${writing.error.message}` : null}
              </>
            ) : undefined
          }
          className={styles['half']}
          actions={
            <Group gap="xs">
              <Select
                size="xs"
                searchable
                aria-label="Go to a requirement"
                placeholder="Go to…"
                nothingFoundMessage="None is called so"
                limit={100}
                value={null}
                onChange={(place) => {
                  const [spec = '', requirement = ''] = (place ?? '').split('\n')
                  setSought(requirement)
                  if (requirement !== '') set({ spec, requirement, s: '0', file: '', line: '' })
                }}
                data={specs.map((one) => ({
                  group: one.feature,
                  items: one.requirements.map(({ key, title }) => ({
                    value: `${one.path}\n${key}`,
                    label: title,
                  })),
                }))}
              />
              <NativeSelect
                size="xs"
                aria-label="Which spec"
                value={path}
                onChange={(event) =>
                  set({ spec: event.currentTarget.value, requirement: '', s: '', file: '', line: '' })
                }
                data={specs.map((one) => ({ value: one.path, label: labelOf(one) }))}
              />
            </Group>
          }
        >
          <Loaded of={spec} what="Loading the spec">
            {({ requirements }) => (
              <div className={styles['scroll']} tabIndex={0} role="region" aria-label="Requirements">
                {requirements.map((requirement) => (
                  <RequirementBlock
                    key={requirement.key}
                    id={id}
                    path={path}
                    requirement={requirement}
                    edits={edits.filter((one) => one.requirement === requirement.key)}
                    selected={requirement.key === state.requirement && chosen ? chosen.at : null}
                    file={file}
                    line={line}
                    isFirst={
                      requirement.key === sought ||
                      (line === 0 && chosen === null && requirement.key === firstDrifted)
                    }
                    onSelect={(at, span) => {
                      setSought('')
                      set({
                        requirement: requirement.key,
                        s: String(at),
                        file: span?.path ?? file,
                        line: '',
                      })
                    }}
                    onEdit={(from, to) => edit(from, to, requirement.key)}
                    onRequirement={(spec, key) => {
                      setSought(key)
                      set({ spec, requirement: key, s: '0', file: '', line: '' })
                    }}
                  />
                ))}
              </div>
            )}
          </Loaded>
        </Panel>
        <CodeView
          id={id}
          file={file}
          lit={lit}
          line={line}
          others={(first?.spans ?? []).filter((span) => span.path !== file)}
          onFile={(next) => set({ file: next, line: '' })}
          onLine={(next, mark) =>
            set({
              line: String(next),
              file,
              ...(mark && { spec: mark.spec, requirement: mark.requirement, s: '' }),
            })
          }
        />
      </div>
    </>
  )
}

function labelOf({ feature, requirements }: Overview['specs'][number]): string {
  const drifted = requirements.filter(({ drifts }) => drifts > 0).length
  return `${feature} (${requirements.length}${drifted > 0 ? `, ${drifted} drifted` : ''})`
}
