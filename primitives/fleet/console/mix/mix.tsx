import { Button, NativeSelect } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { DataTable, Loaded, Notice, Page, Panel, PlotFigure, Stat, Stats, useUrlState } from '@heavylift/ui'
import type { Column } from '@heavylift/ui'
import { api } from '../api.ts'
import type { Answer } from '../api.ts'

const dollars = (sum: number) => `$${Math.round(sum).toLocaleString('en')}`
const percent = (share: number) => `${(share * 100).toFixed(share < 0.01 ? 2 : 1)} %`

type Study = Answer<'/mix'>
type Plan = Study['plans'][number]

/** What to buy for the demand to come: layers of capacity below it, cost and risk as two dials. */
export default function Mix() {
  const [state, set] = useUrlState({ risk: '' })
  const study = useQuery({
    queryKey: ['fleet', 'mix'],
    queryFn: ({ signal }) => api.get('/mix', { signal }),
    staleTime: Infinity,
  })
  return (
    <Page
      title="Mix"
      lead="The cheapest mix of reserved, blocks, on-demand and spot for a demand that is not known, at the risk that you choose. Demand and prices are made."
    >
      <Loaded of={study} what="Planning the purchase at four risks" lines={14}>
        {(data) => {
          const plan = data.plans.find(({ mayWait }) => String(mayWait) === state.risk) ?? data.plans[1]!
          const choose = (one: Plan) => set({ risk: String(one.mayWait) })
          return (
            <>
              <Stats>
                <Stat
                  label="Cost"
                  value={dollars(plan.cost)}
                  detail={`over ${Math.round(data.hours / 168)} weeks; all by the hour ${dollars(data.byTheHour)}`}
                />
                <Stat
                  label="Risk"
                  value={percent(plan.waitingShare)}
                  detail={`of GPU-hours wait; at most ${percent(plan.mayWait)} may`}
                />
                <Stat
                  label="From the best"
                  value={`${plan.gapPct.toFixed(2)} %`}
                  detail="no plan costs less by more than this"
                />
                <Stat
                  label="Saved"
                  value={percent(1 - plan.cost / data.byTheHour)}
                  detail="against paying all by the hour"
                />
              </Stats>
              <div className="hl-row" style={{ alignItems: 'flex-end' }}>
                <NativeSelect
                  size="xs"
                  label="Risk: GPU-hours that may wait"
                  data={data.plans.map(({ mayWait }) => ({
                    value: String(mayWait),
                    label: percent(mayWait),
                  }))}
                  value={String(plan.mayWait)}
                  onChange={(event) => set({ risk: event.target.value })}
                />
                <Buy key={plan.mayWait} mayWait={plan.mayWait} />
              </div>
              <Panel
                title="Capacity below the demand"
                note={`GPUs by day, ${data.scenarios} scenarios: the line is the mean, the band holds four in five`}
              >
                <Layers study={data} plan={plan} />
              </Panel>
              <Panel
                title="Cost against risk"
                note="each row is the cheapest plan at its risk; choose one"
                flush
              >
                <DataTable
                  caption="The efficient frontier"
                  columns={frontierColumns(data)}
                  rows={data.plans}
                  keyOf={({ mayWait }) => String(mayWait)}
                  selected={String(plan.mayWait)}
                  onOpen={choose}
                />
              </Panel>
              <Panel title="What to buy" note="in the order of its start" flush>
                <DataTable
                  caption="Purchases"
                  urlName="buy"
                  columns={purchaseColumns}
                  rows={plan.purchases}
                  keyOf={({ offer, fromHour }) => `${offer} ${fromHour}`}
                />
              </Panel>
              <Panel title="What one more would save" note="the dual price of each limit that binds" flush>
                <DataTable
                  caption="Prices of limits"
                  urlName="prices"
                  columns={priceColumns}
                  rows={Object.entries(plan.prices).map(([limit, saved]) => ({ limit, saved }))}
                  keyOf={({ limit }) => limit}
                />
              </Panel>
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

/** Writes a plan into the ledger, beside what it comes to on demand that was not planned with. */
function Buy({ mayWait }: { mayWait: number }) {
  const buy = useMutation({ mutationFn: () => api.post('/mix/purchases', { body: { mayWait } }) })
  return (
    <>
      <Button size="xs" variant="default" loading={buy.isPending} onClick={() => buy.mutate()}>
        Write into the ledger
      </Button>
      {buy.data !== undefined && (
        <p role="status" style={{ margin: 0 }}>
          {dollars(buy.data.planned)} planned; {dollars(buy.data.actual)} on demand that was not planned with.
        </p>
      )}
      {buy.error !== null && <Notice tone="bad">{buy.error.message}</Notice>}
    </>
  )
}

const plotHeight = 320
/** Two rows of names, for a dozen layers. */
const legendHeight = 80

/** Layers that a plan uses, the steadiest at the bottom, with the demand over them. */
function Layers({ study, plan }: { study: Study; plan: Plan }) {
  const used = study.layers
    .map((name, i) => ({ name, i }))
    .filter(({ i }) => plan.days.some((day) => day.gpus[i]! > 0))
  const rows = plan.days.flatMap((day) =>
    used.map(({ name, i }) => ({ day: day.day, name, gpus: day.gpus[i]! })),
  )
  const most = Math.max(...plan.days.map(({ high }) => high))
  return (
    <PlotFigure
      height={plotHeight + legendHeight}
      summary={`Demand of up to ${Math.round(most)} GPUs a day over ${plan.days.length} days, met by ${used.map(({ name }) => name).join(', ')}.`}
      options={(plot, width) => ({
        width,
        height: plotHeight,
        x: { label: 'day' },
        y: { label: 'GPUs', zero: true, grid: true },
        color: { legend: true, domain: used.map(({ name }) => name), scheme: 'Paired' },
        marks: [
          plot.areaY(
            rows,
            plot.stackY(
              { order: used.map(({ name }) => name) },
              { x: 'day', y: 'gpus', fill: 'name', curve: 'step' },
            ),
          ),
          plot.areaY(plan.days, {
            x: 'day',
            y1: 'low',
            y2: 'high',
            fill: 'var(--hl-ink)',
            fillOpacity: 0.14,
          }),
          plot.lineY(plan.days, { x: 'day', y: 'demand', stroke: 'var(--hl-ink)', strokeWidth: 1.5 }),
          plot.ruleY([0]),
        ],
      })}
    />
  )
}

const frontierColumns = ({ byTheHour }: Study): Column<Plan>[] => [
  { key: 'may', title: 'May wait', isNumber: true, render: ({ mayWait }) => percent(mayWait) },
  {
    key: 'waits',
    title: 'Waits',
    isNumber: true,
    isSecondary: true,
    render: ({ waitingShare }) => percent(waitingShare),
  },
  { key: 'cost', title: 'Cost', isNumber: true, render: ({ cost }) => dollars(cost) },
  {
    key: 'saved',
    title: 'Saved against the hour',
    isNumber: true,
    isSecondary: true,
    render: ({ cost }) => percent(1 - cost / byTheHour),
  },
  { key: 'gap', title: 'From the best', isNumber: true, render: ({ gapPct }) => `${gapPct.toFixed(2)} %` },
]

const purchaseColumns: Column<Plan['purchases'][number]>[] = [
  { key: 'offer', title: 'Offer', render: ({ offer }) => offer },
  { key: 'units', title: 'Units', isNumber: true, isSecondary: true, render: ({ units }) => units },
  {
    key: 'gpus',
    title: 'GPUs',
    isNumber: true,
    sortBy: ({ gpus }) => gpus,
    render: ({ gpus }) => Math.round(gpus),
  },
  {
    key: 'from',
    title: 'From day',
    isNumber: true,
    sortBy: ({ fromHour }) => fromHour,
    render: ({ fromHour }) => Math.floor(fromHour / 24),
  },
  {
    key: 'days',
    title: 'Days',
    isNumber: true,
    isSecondary: true,
    render: ({ hours }) => Math.round(hours / 24),
  },
  {
    key: 'cost',
    title: 'Cost',
    isNumber: true,
    sortBy: ({ cost }) => cost,
    render: ({ cost }) => dollars(cost),
  },
]

const priceColumns: Column<{ limit: string; saved: number }>[] = [
  { key: 'limit', title: 'One more of', render: ({ limit }) => limit },
  {
    key: 'saved',
    title: 'Saves',
    isNumber: true,
    sortBy: ({ saved }) => saved,
    render: ({ saved }) => dollars(saved),
  },
]
