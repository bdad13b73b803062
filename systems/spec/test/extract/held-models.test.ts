import { expect, test } from 'vitest'
import { compareFacts } from '../../src/drift/compare-facts.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const go = (tag: string) => ({
  'go.mod': 'module example.com/quay\ngo 1.22\nrequire github.com/go-chi/chi/v5 v5.0.0\n',
  'main.go': `package main

import (
	"encoding/json"
	"net/http"

	"example.com/outer/render"
	"github.com/go-chi/chi/v5"
)

type Mast struct {
	Height int \`json:"${tag}"\`
}
type Crane struct {
	Mast \`json:"mast"\`
	Reach int \`json:"reach"\`
}
type Page[T any] struct {
	Count int \`json:"count"\`
	Rows  []T \`json:"rows"\`
}

func pageOf[T any](rows []T) Page[T] { return Page[T]{len(rows), rows} }

func list(w http.ResponseWriter, r *http.Request) {
	all := make([]Crane, 0)
	for range r.Header {
		var one Crane
		all = append(all, one)
	}
	render.JSON(w, http.StatusOK, all)
}

func paged(w http.ResponseWriter, r *http.Request) {
	all := make([]*Mast, 9)
	w.WriteHeader(200)
	json.NewEncoder(w).Encode(pageOf(all))
}

func mapped(w http.ResponseWriter, r *http.Request) {
	all := make(map[string]Mast)
	w.WriteHeader(200)
	json.NewEncoder(w).Encode(all)
}

func create(w http.ResponseWriter, r *http.Request) {
	var mast Mast
	if err := json.NewDecoder(r.Body).Decode(&mast); err != nil {
		http.Error(w, "bad", 400)
		return
	}
	w.WriteHeader(204)
}

type hoist struct {
	Load int \`json:"${tag}"\`
}

func lift(w http.ResponseWriter, r *http.Request) {
	var hoist hoist
	if err := json.NewDecoder(r.Body).Decode(&hoist); err != nil {
		http.Error(w, "bad", 400)
		return
	}
	w.WriteHeader(204)
}

func main() {
	r := chi.NewRouter()
	r.Get("/cranes", list)
	r.Get("/pages", paged)
	r.Get("/maps", mapped)
	r.Post("/masts", create)
	r.Post("/hoists", lift)
	http.ListenAndServe(":80", r)
}
`,
})

const java = (tag: string) => ({
  'pom.xml':
    '<project><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
  'src/main/java/quay/Cranes.java': `package quay;
import java.util.*;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
@RestController
public class Cranes {
    private final Yard yard;
    @GetMapping("/cranes")
    public ResponseEntity<Reply<List<Mast>>> list() { return ResponseEntity.ok(Reply.of(yard.all())); }
    @GetMapping("/pages")
    public Page<Mast> pages() { return yard.page(); }
    @GetMapping("/maps")
    public Map<String, Mast> maps() { return yard.maps(); }
}
class Reply<T> {
    public T data;
    Reply(T data) { this.data = data; }
    static <T> Reply<T> of(T data) { return new Reply<>(data); }
}
class Rows<X> { public List<X> rows; }
class Page<T> extends Rows<T> { public int total; }
class Mast { @JsonProperty("${tag}") public int height; }
interface Yard { List<Mast> all(); Page<Mast> page(); Map<String, Mast> maps(); }
`,
})

const python = (tag: string) => ({
  'requirements.txt': 'fastapi\n',
  'app.py': `from typing import Dict, Generic, TypeVar
from fastapi import FastAPI
from pydantic import BaseModel, Field
from yard import load
T = TypeVar("T")
class Page(BaseModel, Generic[T]):
    rows: list[T]
    total: int
class Mast(BaseModel):
    height: int = Field(alias="${tag}")
app = FastAPI()
@app.get("/pages", response_model=Page[Mast])
def pages():
    return load()
@app.get("/maps")
def maps() -> Dict[str, Mast]:
    return load()
`,
})

const typescript = (tag: string) => ({
  'package.json': '{"dependencies":{"@nestjs/common":"10","class-transformer":"1"}}',
  'src/app.ts': `import { Body, Controller, Module, Post } from '@nestjs/common'
import { Expose } from 'class-transformer'
class Mast { @Expose({ name: '${tag}' }) height: number }
class Page<T> { rows: T[]; total: number }
class Cranes { masts: Record<string, Mast> }
@Controller('cranes')
export class CraneDesk {
  @Post() put(@Body() page: Page<Mast>) { return { done: page.total } }
  @Post('all') all(@Body() cranes: Cranes) { return { done: cranes.masts } }
}
@Module({ controllers: [CraneDesk] }) export class App {}
`,
})

test.each([
  ['Go', go, ['GET /cranes', 'GET /maps', 'GET /pages', 'POST /masts'], ['Mast', 'hoist']],
  ['Java', java, ['GET /cranes', 'GET /maps', 'GET /pages'], ['Mast']],
  ['Python', python, ['GET /maps', 'GET /pages'], ['Mast']],
  ['TypeScript', typescript, ['POST /cranes', 'POST /cranes/all'], ['Mast']],
])(
  'tells of %s that a field has another name where it is sent, by lists, maps, parts and parameters of types [SPEC-DRIFT-01]',
  async (_, files, operations, models) => {
    const [before, after] = [await extractFiles(files('height')), await extractFiles(files('tall'))]
    const { drifts } = compareFacts(before.set.facts, after.set.facts)
    expect(drifts.map(({ requirement }) => requirement)).toEqual(models)
    expect(drifts[0]?.after).toContain('tall')
    expect(drifts[0]?.usedBy).toEqual(operations)
  },
)

test.each(['getHeight', 'height'])(
  'tells that a method of Java gives what it reads another name: %s [SPEC-DRIFT-01]',
  async (reader) => {
    const files = (tag: string) => {
      const [[path, text] = ['', '']] = Object.entries(java('height')).filter(([one]) =>
        one.endsWith('.java'),
      )
      const mast = `abstract class Mast { @JsonProperty("${tag}") public abstract int ${reader}(); }`
      return { ...java('height'), [path]: text.replace(/class Mast .*/, mast) }
    }
    const [before, after] = [await extractFiles(files('height')), await extractFiles(files('tall'))]
    const { drifts } = compareFacts(before.set.facts, after.set.facts)
    expect(drifts).toMatchObject([
      { requirement: 'Mast', usedBy: ['GET /cranes', 'GET /maps', 'GET /pages'] },
    ])
  },
)

test('calls what a class with parameters is made for by both names [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles(java('height'))
  expect(
    factsOf(set.facts, 'response').map(({ shape }) => (shape.type === 'model' ? shape.name : shape.type)),
  ).toEqual(['ReplyOfListOfMast', 'PageOfMast', 'map'])
})
