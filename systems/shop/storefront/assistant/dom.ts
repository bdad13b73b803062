type Child = Node | string | null | undefined | false
type Value = string | number | boolean | null | undefined | ((event: Event) => void)

/**
 * Makes an element. Text goes in as text nodes and addresses through `safeUrl`, so nothing that a catalog, a review or
 * a model says can become markup or a script. `on…` functions are listeners; true is an attribute without value.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, Value> | null,
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes ?? {})) set(element, name, value)
  element.append(...children.filter((child): child is Node | string => Boolean(child)))
  return element
}

/** The same for SVG. */
export function svg(
  tag: string,
  attributes: Record<string, string | number>,
  ...children: Node[]
): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
  element.append(...children)
  return element
}

function set(element: HTMLElement, name: string, value: Value): void {
  if (value === null || value === undefined || value === false) return
  if (typeof value === 'function') {
    element.addEventListener(name.slice(2), value)
    return
  }
  if (name === 'href' || name === 'src') {
    const url = safeUrl(String(value))
    if (url !== null) element.setAttribute(name, url)
    return
  }
  element.setAttribute(name, value === true ? '' : String(value))
}

/** The address if it is http(s) or a path of this site; null for `javascript:`, `data:` and everything else. */
export function safeUrl(text: string, base: string = document.baseURI): string | null {
  try {
    const url = new URL(text, base)
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null
  } catch {
    return null
  }
}

/** A 20 px line icon; decoration only. */
export function icon(path: string): SVGElement {
  return svg(
    'svg',
    {
      viewBox: '0 0 20 20',
      width: 20,
      height: 20,
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 1.7,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
      'aria-hidden': 'true',
    },
    svg('path', { d: path }),
  )
}
