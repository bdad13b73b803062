import type { Task } from './document.ts'
import { readItems } from './markdown-lines.ts'
import type { MarkdownLine } from './markdown-lines.ts'

/** `1.2`, `T001`, `1`: what a task calls itself at its head, with marks that may stand before it. */
const idForm =
  /^(?:\*\*)?(?:(?:Task\s+)?((?:\d+(?:\.\d+)*)|(?:[A-Z]{1,4}-?\d+[a-z]?(?:\.\d+)*))[.:)]?)(?:\*\*)?[\s:.-]+(.*)$/su

/** Tasks of a plan: every item with a checkbox, whatever list or heading it stands under. */
export function readTasks(lines: readonly MarkdownLine[], text: string): Task[] {
  const items = readItems(lines, 0, lines.length)
  const boxes = items.filter((item) => item.checkbox !== undefined)
  const tasks: Task[] = []
  const seen = new Set<string>()
  for (const [at, item] of boxes.entries()) {
    const { checkbox } = item
    if (!checkbox) continue
    const match = idForm.exec(item.text.replace(/^\*\s+/, ''))
    const written = match?.[1]
    // A number that stands there twice names neither for certain: the second is known by its place.
    const id = written !== undefined && !seen.has(written) ? written : `#${at + 1}`
    seen.add(id)
    const end = boxes[at + 1]?.start ?? sectionEnd(lines, item.to, text.length)
    const body = text.slice(item.start, Math.min(end, sectionEnd(lines, item.to, text.length)))
    const words = match?.[2] ?? item.text
    tasks.push({
      id,
      text: words.replaceAll(/\[P\]\s*|\(P\)\s*/g, '').trim(),
      isDone: checkbox.isDone,
      isOptional: checkbox.isOptional || /\(optional\)|^\*/i.test(words),
      isParallel: /\[P\]|\(P\)/.test(words),
      parent: parentOf(
        id,
        item.indent,
        tasks,
        boxes.slice(0, at).map((one) => one.indent),
      ),
      requirements: readReferences(body),
      span: { start: item.start, end: item.end },
      mark: checkbox.mark,
    })
  }
  return tasks
}

/** Keys behind `Requirements:` or `Requirement:` in a body, in emphasis or not: `1.1, 2.3`, `Requirement 4.2`, `FR-001`. */
export function readReferences(body: string): string[] {
  const keys = new Set<string>()
  for (const [, list = ''] of body.matchAll(
    /(?:Validates|Requirements?|Implements|Covers)\s*:[*_]*\s*([^\n]*)/giu,
  ))
    for (const [key] of list.matchAll(/(?<![\w.-])(?:[A-Z]{2,4}-\d+[a-z]?|\d+(?:\.\d+)*)(?![A-Za-z0-9])/g))
      keys.add(key)
  return [...keys]
}

function sectionEnd(lines: readonly MarkdownLine[], from: number, end: number): number {
  for (let at = from; at < lines.length; at++) {
    const line = lines[at]
    if (line?.heading) return line.start
  }
  return end
}

function parentOf(id: string, indent: number, tasks: Task[], indents: number[]): string | null {
  const dot = id.lastIndexOf('.')
  if (dot > 0) {
    const parent = id.slice(0, dot)
    if (tasks.some((task) => task.id === parent)) return parent
  }
  for (let at = tasks.length - 1; at >= 0; at--) if ((indents[at] ?? 0) < indent) return tasks[at]?.id ?? null
  return null
}

/** Waves of a plan from a fenced JSON block (`{ "waves": [["1.1"], ["2"]] }`, or each with `tasks`); empty without one. */
export function readWaves(lines: readonly MarkdownLine[]): string[][] {
  let block: string[] | null = null
  for (const line of lines) {
    if (!line.isVerbatim) continue
    if (/^\s*(?:`{3,}|~{3,})/.test(line.text)) {
      if (block) {
        const waves = parseWaves(block.join('\n'))
        if (waves) return waves
        block = null
      } else block = /json/i.test(line.text) ? [] : null
    } else block?.push(line.text)
  }
  return []
}

function parseWaves(json: string): string[][] | null {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return null
  }
  const waves = typeof value === 'object' && value !== null && 'waves' in value ? value.waves : null
  if (!Array.isArray(waves)) return null
  return waves.map((wave: unknown) => {
    const tasks: unknown = Array.isArray(wave)
      ? wave
      : typeof wave === 'object' && wave !== null && 'tasks' in wave
        ? wave.tasks
        : []
    return Array.isArray(tasks) ? tasks.map(String) : []
  })
}
