import { Button, SegmentedControl } from '@mantine/core'
import { Copy, Empty, Loaded, Notice, Page, Panel, useUrlState } from '@heavylift/ui'
import { SampleNotice } from '../sample-notice.tsx'
import type { ConfigAnswer } from '../../src/routes/config.ts'
import { ProviderForm } from './provider-form.tsx'
import { RouteForm } from './route-form.tsx'
import { RouteTable } from './route-table.tsx'
import { TextEditor } from './text-editor.tsx'
import { TryRoute } from './try-route.tsx'
import { useConfig } from './use-config.ts'
import '../models-console.css'

/** Which models there are, where their requests go, and how. */
export default function Routes() {
  const config = useConfig()
  const [state, set] = useUrlState({ model: '', view: 'table', add: '' })
  return (
    <Page
      title="Routes"
      lead="Which models there are and where each request goes. Changes act at once."
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label="View"
            value={state.view}
            onChange={(view) => set({ view })}
            data={[
              { value: 'table', label: 'Table' },
              { value: 'text', label: 'File' },
            ]}
          />
          <Button size="xs" variant="default" onClick={() => set({ add: 'provider', view: 'table' })}>
            Add provider
          </Button>
          <Button size="xs" variant="default" onClick={() => set({ add: 'model', view: 'table', model: '' })}>
            Add model
          </Button>
        </>
      }
    >
      <SampleNotice />
      <Loaded of={config} what="Reading the table" lines={8}>
        {(answer) =>
          state.view === 'text' ? (
            <TextEditor config={answer} />
          ) : (
            <>
              {answer.problems.length > 0 ? (
                <Notice
                  tone="warn"
                  title="The file has problems"
                  actions={
                    <Button size="compact-xs" variant="default" onClick={() => set({ view: 'text' })}>
                      Show them in the file
                    </Button>
                  }
                >
                  <p>The last valid table is in effect.</p>
                </Notice>
              ) : null}
              <Table config={answer} state={state} set={set} />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

interface RoutesState {
  model: string
  add: string
}

function Table({
  config,
  state,
  set,
}: {
  config: ConfigAnswer
  state: RoutesState
  set: (change: Partial<RoutesState>) => void
}) {
  const { models, providers } = config.table
  const hasProviders = Object.keys(providers).length > 0
  return (
    <>
      {state.add === 'provider' ? <ProviderForm config={config} onDone={() => set({ add: '' })} /> : null}
      {state.add === 'model' && hasProviders ? (
        <RouteForm config={config} name={null} onDone={(model) => set({ model, add: '' })} />
      ) : null}
      {state.add === 'model' && !hasProviders ? (
        <Panel>
          <Empty title="A model needs a provider first">
            Add the server or the account that runs it, then name the model here.
          </Empty>
        </Panel>
      ) : null}
      {Object.keys(models).length === 0 ? (
        <Panel>
          <Empty
            title="No model yet"
            action={<Copy text="npx heavylift models pull smollm2" label="Copy the command" />}
          >
            {hasProviders
              ? 'A provider is there: add a model that it serves. Or run a small one on this machine:'
              : 'Add a provider, then a model that it serves. Or run a small one on this machine:'}
          </Empty>
        </Panel>
      ) : (
        <RouteTable
          table={config.table}
          selected={state.model}
          open={(model) => set({ model: model === state.model ? '' : model })}
        />
      )}
      {models[state.model] ? (
        <div className="hl-grid hl-grid-main" key={`${state.model} ${config.version}`}>
          <RouteForm config={config} name={state.model} onDone={(model) => set({ model })} />
          <TryRoute model={state.model} />
        </div>
      ) : null}
    </>
  )
}
