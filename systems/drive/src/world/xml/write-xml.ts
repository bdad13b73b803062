import { escapeXml } from '@heavylift/core/text'

/** An element to be written. Attributes that are undefined or null are left out. */
export interface XmlNode {
  name: string
  attributes: Record<string, string | number | boolean | null | undefined>
  children: XmlNode[]
  /** Instead of children. */
  text?: string
}

export function node(
  name: string,
  attributes: XmlNode['attributes'] = {},
  children: (XmlNode | null | undefined)[] = [],
): XmlNode {
  return { name, attributes, children: children.filter((child) => child !== null && child !== undefined) }
}

/** A node that holds others, or null where it would hold none. */
export function holder(name: string, children: (XmlNode | null | undefined)[]): XmlNode | null {
  const made = node(name, {}, children)
  return made.children.length === 0 ? null : made
}

function lines(element: XmlNode, indent: string, out: string[]): void {
  const attributes = Object.entries(element.attributes)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('')
  if (element.text !== undefined) {
    out.push(`${indent}<${element.name}${attributes}>${escapeXml(element.text)}</${element.name}>`)
    return
  }
  if (element.children.length === 0) {
    out.push(`${indent}<${element.name}${attributes}/>`)
    return
  }
  out.push(`${indent}<${element.name}${attributes}>`)
  for (const child of element.children) lines(child, `${indent}  `, out)
  out.push(`${indent}</${element.name}>`)
}

/** A whole file. Numbers are written with all their digits, so that reading gives the same ones. */
export function writeXml(root: XmlNode): string {
  const out = ['<?xml version="1.0" encoding="UTF-8"?>']
  lines(root, '', out)
  return `${out.join('\n')}\n`
}
