import {
  Background,
  BaseEdge,
  BackgroundVariant,
  Controls,
  Handle,
  Position,
  ReactFlow,
  useReactFlow,
  ReactFlowProvider,
} from '@xyflow/react'
import type { Edge, EdgeProps, Node, NodeChange, NodeProps } from '@xyflow/react'
import { StateMark, cx } from '@heavylift/ui'
import type { StateName } from '@heavylift/ui'
import { memo, useEffect, useMemo } from 'react'
import { layOut, pathThrough } from './lay-out.ts'
import type { LaidOut, Point } from './lay-out.ts'
import type { Exit, GraphModel, GraphStep } from './graph-model.ts'
import { kindOf } from './kind-words.tsx'
import '@xyflow/react/dist/base.css'
import styles from './graph-view.module.css'

/** What is said of a step: how it went, what is wrong with it. */
export interface StepMark {
  state: StateName
  word: string
  /** Time, tokens, cost. */
  detail?: string
}

/** What may be done to the graph; without it, it is only looked at. */
export interface GraphEditing {
  onConnect: (edge: { from: string; exit: string; to: string }) => void
  onRemove: (gone: { steps: string[]; edges: { from: string; exit: string; to: string }[] }) => void
}

type StepNode = Node<
  { step: GraphStep; mark: StepMark | null; isEditable: boolean; usedExits: string[] },
  'step'
>
type StepEdge = Edge<{ from: string; exit: string; to: string; bends: Point[] }, 'way'>

/** Steps as a graph, top down. Tab goes from step to step, Enter opens one. */
export function GraphView(props: Parameters<typeof Flow>[0]) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  )
}

function Flow({
  model,
  label,
  selected,
  onSelect,
  marks,
  taken,
  editing,
}: {
  model: GraphModel
  /** What is drawn, for screen readers. */
  label: string
  selected: string | null
  onSelect: (step: string | null) => void
  marks?: ReadonlyMap<string, StepMark>
  /** Ids of edges that a run went along. */
  taken?: ReadonlySet<string>
  editing?: GraphEditing
}) {
  const isEditable = editing !== undefined
  const laidOut = useMemo(() => layOut(model), [model])
  const nodes = useMemo(
    () => model.steps.map((step): StepNode => toNode(step, model, laidOut, marks, selected, isEditable)),
    [model, laidOut, marks, selected, isEditable],
  )
  const edges = useMemo(
    () => model.edges.map((edge): StepEdge => toEdge(edge, laidOut, marks, taken, isEditable)),
    [model, laidOut, marks, taken, isEditable],
  )
  const flow = useReactFlow()
  const shape = model.steps.map(({ id }) => id).join(' ')
  useEffect(() => {
    void flow.fitView({ padding: 0.12, maxZoom: 1 })
  }, [flow, shape])
  const select = (changes: NodeChange<StepNode>[]) => {
    const chosen = changes.find((change) => change.type === 'select' && change.selected)
    if (chosen && 'id' in chosen) onSelect(chosen.id)
  }
  return (
    <div className={styles['graph']} role="region" aria-label={label}>
      <ReactFlow<StepNode, StepEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={select}
        onPaneClick={() => onSelect(null)}
        nodesDraggable={false}
        nodesConnectable={isEditable}
        edgesFocusable={isEditable}
        deleteKeyCode={isEditable ? ['Delete', 'Backspace'] : null}
        fitView
        fitViewOptions={{ padding: 0.12, maxZoom: 1 }}
        minZoom={0.15}
        maxZoom={1.5}
        proOptions={{ hideAttribution: true }}
        {...(editing
          ? {
              onConnect: ({ source, sourceHandle, target }) =>
                editing.onConnect({ from: source, exit: exitOf(sourceHandle), to: target }),
              isValidConnection: ({ source, target }) =>
                model.steps.find(({ id }) => id === source)?.parent ===
                  model.steps.find(({ id }) => id === target)?.parent && !reaches(model, target, source),
              onDelete: ({ nodes: gone, edges: cut }) =>
                editing.onRemove({
                  steps: gone.map(({ id }) => id),
                  edges: cut.flatMap(({ data }) => (data ? [data] : [])),
                }),
            }
          : {})}
      >
        <Background variant={BackgroundVariant.Dots} gap={16} size={1} />
        <Controls showInteractive={false} position="bottom-right" />
      </ReactFlow>
    </div>
  )
}

/** True where one gets from a step to another along edges: an edge back would make a circle. */
function reaches(model: GraphModel, from: string, to: string): boolean {
  const seen = new Set([from])
  for (const id of seen) for (const edge of model.edges) if (edge.from === id) seen.add(edge.to)
  return seen.has(to)
}

const usual = 'then'
const handleOf = (exit: string): string => exit || usual
const exitOf = (handle: string | null | undefined): string => (!handle || handle === usual ? '' : handle)

function toNode(
  step: GraphStep,
  model: GraphModel,
  { boxes }: LaidOut,
  marks: ReadonlyMap<string, StepMark> | undefined,
  selected: string | null,
  isEditable: boolean,
): StepNode {
  const box = boxes.get(step.id) ?? { x: 0, y: 0, width: 0, height: 0 }
  const mark = marks?.get(step.id) ?? null
  const usedExits = model.edges.filter(({ from }) => from === step.id).map(({ exit }) => exit)
  return {
    id: step.id,
    type: 'step',
    position: { x: box.x, y: box.y },
    width: box.width,
    height: box.height,
    // Without it, handles count as not measured each time that anything changes, and edges vanish until they are.
    measured: { width: box.width, height: box.height },
    ...(step.parent === null ? {} : { parentId: step.parent, extent: 'parent' as const }),
    selected: step.id === selected,
    data: { step, mark, isEditable, usedExits },
    ariaLabel: [step.title, kindOf(step.kind).word, mark?.word].filter(Boolean).join(', '),
  }
}

function toEdge(
  edge: GraphModel['edges'][number],
  { bends }: LaidOut,
  marks: ReadonlyMap<string, StepMark> | undefined,
  taken: ReadonlySet<string> | undefined,
  isEditable: boolean,
): StepEdge {
  const isTaken = taken?.has(edge.id) === true
  return {
    id: edge.id,
    type: 'way',
    source: edge.from,
    target: edge.to,
    sourceHandle: handleOf(edge.exit),
    className: cx(styles['edge'], isTaken && styles['taken'], taken && !isTaken && styles['untaken']),
    animated: isTaken && marks?.get(edge.to)?.state === 'busy',
    deletable: isEditable,
    ...(edge.exit === '' ? {} : { label: edge.exit }),
    data: { from: edge.from, exit: edge.exit, to: edge.to, bends: bends.get(edge.id) ?? [] },
    ariaLabel: `From ${edge.from}${edge.exit === '' ? '' : ` by ${edge.exit}`} to ${edge.to}`,
  }
}

const StepBox = memo(function StepBox({ data, selected }: NodeProps<StepNode>) {
  const { step, mark, isEditable, usedExits } = data
  const { icon: Picture, word } = kindOf(step.kind)
  return (
    <div
      className={cx(styles['step'], step.isGroup && styles['group'])}
      data-state={mark?.state}
      data-selected={selected || undefined}
    >
      <Handle type="target" position={Position.Top} isConnectable={isEditable} />
      <div className={styles['head']}>
        <Picture width={16} height={16} aria-hidden="true" />
        <b className="hl-cut">{step.title}</b>
        {mark ? (
          <StateMark state={mark.state}>{mark.word}</StateMark>
        ) : (
          <span className={styles['kind']}>{word}</span>
        )}
      </div>
      <div className={cx(styles['detail'], 'hl-cut')}>{mark?.detail ?? step.detail}</div>
      {step.exits.map((exit, index) => (
        <ExitHandle
          key={exit.name}
          exit={exit}
          share={(index + 1) / (step.exits.length + 1)}
          isEditable={isEditable}
          isShown={isEditable || usedExits.includes(exit.name)}
        />
      ))}
    </div>
  )
})

function ExitHandle({
  exit,
  share,
  isEditable,
  isShown,
}: {
  exit: Exit
  share: number
  isEditable: boolean
  isShown: boolean
}) {
  return (
    <Handle
      type="source"
      id={handleOf(exit.name)}
      position={Position.Bottom}
      isConnectable={isEditable}
      className={cx(styles['exit'], !isShown && styles['hiddenExit'])}
      data-exit={exit.name}
      title={exit.label}
      style={{ left: `${share * 100}%` }}
    />
  )
}

/** An edge that goes around the steps between its ends; its exit stands where it leaves. */
function Way({ sourceX, sourceY, targetX, targetY, data, label, style }: EdgeProps<StepEdge>) {
  const points = [{ x: sourceX, y: sourceY }, ...(data?.bends ?? []), { x: targetX, y: targetY }]
  return (
    <BaseEdge
      path={pathThrough(points)}
      label={label}
      labelX={sourceX}
      labelY={sourceY + 16}
      labelBgPadding={[4, 2]}
      labelBgBorderRadius={4}
      {...(style ? { style } : {})}
    />
  )
}

const nodeTypes = { step: StepBox }
const edgeTypes = { way: Way }
