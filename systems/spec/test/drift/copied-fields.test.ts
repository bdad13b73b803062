import { expect, test } from 'vitest'
import { changesBetween } from '../../src/drift/changes-between.ts'
import { compareSets } from '../../src/drift/compare-code.ts'
import { extractFiles } from '../packs/fixture.ts'
import { edited } from './marked.ts'
import type { Edit, Files } from './marked.ts'

async function drifts(files: Files, edit: Edit) {
  const [was, is] = [await extractFiles(files), await extractFiles(edited(files, edit))]
  return compareSets(was.set, is.set, await changesBetween(was, is)).drifts.map((one) => [
    one.requirement,
    one.before,
    one.after,
  ])
}

const kennels: Files = {
  'pom.xml':
    '<project><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
  'src/main/java/kennel/DogController.java': `package kennel;
import org.springframework.web.bind.annotation.*;
import org.springframework.http.*;

@RestController
@RequestMapping("/dogs")
public class DogController {
  private final DogCopier copier;
  private final DogShelf shelf;

  public DogController(DogCopier copier, DogShelf shelf) {
    this.copier = copier;
    this.shelf = shelf;
  }

  @GetMapping
  public ResponseEntity<Wrapped<DogOut>> one() {
    Wrapped<DogOut> wrapped = Wrapped.<DogOut>builder().data(copier.toOut(shelf.first())).build();
    return ResponseEntity.status(HttpStatus.OK).body(wrapped);
  }

  @GetMapping("/count")
  public ResponseEntity<Wrapped<Tally>> count() {
    Wrapped<Tally> wrapped = Wrapped.<Tally>builder().data(copier.tally(shelf.all())).build();
    return ResponseEntity.status(HttpStatus.OK).body(wrapped);
  }
}
`,
  'src/main/java/kennel/DogOut.java': `package kennel;
import lombok.Data;

@Data
public class DogOut {
  String name;
  String breed;
  CollarOut collar;
}
`,
  'src/main/java/kennel/CollarOut.java': `package kennel;
import lombok.Data;

@Data
public class CollarOut {
  String colour;
  int length;
}
`,
  'src/main/java/kennel/Tally.java': `package kennel;
import lombok.Data;

@Data
public class Tally {
  int dogs;
}
`,
  'src/main/java/kennel/Wrapped.java': `package kennel;
import lombok.*;

@Data
@Builder
public class Wrapped<T> {
  T data;
}
`,
  'src/main/java/kennel/DogCopier.java': `package kennel;
import org.mapstruct.Mapper;

@Mapper(componentModel = "spring")
public interface DogCopier {
  DogOut toOut(Dog dog);
  Tally tally(java.util.List<Dog> dogs);
}
`,
}
const at = (name: string) => `src/main/java/kennel/${name}.java`

test('tells a field that came to or went from what an answer is copied into, of the operations that answer it [SPEC-DRIFT-08]', async () => {
  expect(await drifts(kennels, { [at('DogOut')]: [['  String breed;\n', '']] })).toEqual([
    [
      'DogOut',
      'THE service SHALL use the model DogOut with name (string), breed (string), collar (CollarOut).',
      'THE service SHALL use the model DogOut with name (string), collar (CollarOut).',
    ],
  ])
  expect(
    await drifts(kennels, { [at('CollarOut')]: [['  int length;\n', '  int length;\n  int width;\n']] }),
  ).toEqual([
    [
      'CollarOut',
      'THE service SHALL use the model CollarOut with colour (string), length (integer).',
      'THE service SHALL use the model CollarOut with colour (string), length (integer), width (integer).',
    ],
  ])
})

test('tells nothing of fields that went to another class, or that nobody sees [SPEC-DRIFT-02]', async () => {
  expect(
    await drifts(kennels, {
      [at('DogOut')]: [
        ['public class DogOut', 'public class DogOut extends Named'],
        ['  String name;\n', ''],
      ],
      [at('Named')]: `package kennel;
import lombok.Data;

@Data
public class Named {
  String name;
}
`,
    }),
  ).toEqual([])
  expect(
    await drifts(kennels, {
      [at('DogController')]: [
        [
          '  private final DogShelf shelf;\n',
          '  private final DogShelf shelf;\n  private final Bell bell;\n',
        ],
      ],
    }),
  ).toEqual([])
})

const crates: Files = {
  'go.mod': 'module crates\n\nrequire github.com/go-chi/chi/v5 v5.0.0\n',
  'main.go': `package main

import (
	"encoding/json"
	"net/http"

	"github.com/go-chi/chi/v5"
)

type Crate struct {
	Label string \`json:"label,omitempty"\`
	Size  int    \`json:"size"\`
}

type Fault struct {
	Reason string \`json:"reason"\`
}

func fail(w http.ResponseWriter, reason string) {
	w.WriteHeader(http.StatusBadRequest)
	json.NewEncoder(w).Encode(any(Fault{Reason: reason}))
}

func one(w http.ResponseWriter, r *http.Request) {
	if chi.URLParam(r, "id") == "0" {
		fail(w, "none")
		return
	}
	json.NewEncoder(w).Encode(Crate{Label: "a", Size: 1})
}

func main() {
	r := chi.NewRouter()
	r.Get("/crates/{id}", one)
	http.ListenAndServe(":80", r)
}
`,
}

test('tells a field of Go that is written under another name or by another rule [SPEC-DRIFT-08]', async () => {
  for (const [from, to] of [
    ['json:"label,omitempty"', 'json:"label"'],
    ['json:"reason"', 'json:"cause"'],
    ['json:"size"', 'json:"volume"'],
  ] as [string, string][]) {
    const told = await drifts(crates, { 'main.go': [[from, to]] })
    expect(told.length).toBeGreaterThan(0)
  }
  const renamed = await drifts(crates, { 'main.go': [['Size', 'Amount']] })
  expect(renamed.filter(([, before]) => before !== null)).toEqual([])
})
