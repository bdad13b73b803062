import type { Service } from './marked.ts'

export const spring: Service = {
  language: 'Java',
  files: {
    'pom.xml':
      '<project><dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
    'src/main/java/farm/Yield.java': `package farm;
import org.springframework.stereotype.Service;
import java.util.List;
import farm.store.Fields;
@Service
public class Yield {
    private static final int LEAST = 3;
    private final Fields fields;
    public Yield(Fields fields) { this.fields = fields; }
    public int total(List<Integer> rows) {
        int sum = 0;
        for (int row : rows) {
            if (row > LEAST && row != 7) {
                sum += row * 2;
            }
        }
        return sum;
    }
    public void note(String who) {
        this.fields.mark(who, "seen");
    }
}
`,
    'src/main/java/farm/FarmController.java': `package farm;
import org.springframework.web.bind.annotation.*;
import org.slf4j.Logger;
import java.util.List;
@RestController
public class FarmController {
    private final Yield yields;
    private final Logger logger;
    public FarmController(Yield yields, Logger logger) { this.yields = yields; this.logger = logger; }
    @GetMapping("/yields/{farm}")
    public int yield(@PathVariable String farm) {
        logger.info("asked");
        yields.note(farm);
        return yields.total(List.of(1, 2, 3));
    }
    @GetMapping("/health")
    public String health() { return "ok"; }
}
`,
  },
  quiet: {
    formatting: {
      'src/main/java/farm/Yield.java': [
        [
          '            if (row > LEAST && row != 7) {\n                sum += row * 2;\n            }',
          '            if (row > LEAST\n                && row != 7)\n                sum += (row * 2);',
        ],
      ],
    },
    comments: {
      'src/main/java/farm/Yield.java': [
        ['        int sum = 0;', '        // None yet.\n        int sum = 0;'],
      ],
    },
    'names of variables': {
      'src/main/java/farm/Yield.java': [
        ['sum', 'all'],
        ['row ', 'one '],
      ],
    },
    'names of methods and classes': {
      'src/main/java/farm/Yield.java': [
        ['total(', 'sumOf('],
        ['class Yield', 'class Harvest'],
        ['public Yield(', 'public Harvest('],
      ],
      'src/main/java/farm/FarmController.java': [
        ['total(', 'sumOf('],
        ['Yield yields', 'Harvest yields'],
      ],
    },
    'a method that is taken out': {
      'src/main/java/farm/Yield.java': [
        ['sum += row * 2;', 'sum += of(row);'],
        [
          '    public void note',
          '    private int of(int row) {\n        return row * 2;\n    }\n    public void note',
        ],
      ],
    },
    types: {
      'src/main/java/farm/Yield.java': [
        ['List<Integer> rows', 'java.util.Collection<Integer> rows'],
        ['int sum', 'var sum'],
      ],
    },
    'order of imports': {
      'src/main/java/farm/Yield.java': [
        [
          'import java.util.List;\nimport farm.store.Fields;',
          'import farm.store.Fields;\nimport java.util.List;',
        ],
      ],
    },
    'what is logged': { 'src/main/java/farm/FarmController.java': [['"asked"', '"asked for {}", farm']] },
  },
  loud: {
    'an operator': {
      edit: { 'src/main/java/farm/Yield.java': [['row * 2', 'row - 2']] },
      on: 'GET /yields/{farm}',
      says: '`*` became `-` in `Yield.total`',
    },
    'a comparison': {
      edit: { 'src/main/java/farm/Yield.java': [['row > LEAST', 'row < LEAST']] },
      on: 'GET /yields/{farm}',
      says: '`>` became `<` in `Yield.total`',
    },
    'a constant that is named': {
      edit: { 'src/main/java/farm/Yield.java': [['LEAST = 3', 'LEAST = 4']] },
      on: 'GET /yields/{farm}',
      says: '`3` became `4`',
    },
    'a condition': {
      edit: { 'src/main/java/farm/Yield.java': [[' && row != 7', '']] },
      on: 'GET /yields/{farm}',
      says: 'Yield.total',
    },
    'an annotation': {
      edit: {
        'src/main/java/farm/Yield.java': [['    public void note', '    @Retried(3)\n    public void note']],
      },
      on: 'GET /yields/{farm}',
      says: '`Yield.note`',
    },
    'a call that is left out': {
      edit: { 'src/main/java/farm/FarmController.java': [['        yields.note(farm);\n', '']] },
      on: 'GET /yields/{farm}',
      says: 'note',
    },
    'a text': {
      edit: { 'src/main/java/farm/Yield.java': [['"seen"', '"met"']] },
      on: 'GET /yields/{farm}',
      says: 'is other code',
    },
  },
}

export const gin: Service = {
  language: 'Go',
  files: {
    'go.mod': 'module mill\n\nrequire github.com/gin-gonic/gin v1.9.0\n',
    'grain/grain.go': `package grain

import "mill.example/silo"

const Least = 3

func Weigh(rows []int) (int, error) {
	sum := 0
	for _, row := range rows {
		if row > Least && row != 7 {
			sum += row * 2
		}
	}
	return sum, nil
}

func Note(who string) {
	silo.Mark(who, "seen")
}
`,
    'main.go': `package main

import (
	"log"

	"github.com/gin-gonic/gin"
	"mill/grain"
)

func weigh(c *gin.Context) {
	log.Println("asked")
	grain.Note(c.Param("mill"))
	sum, err := grain.Weigh([]int{1, 2})
	if err != nil {
		c.JSON(500, gin.H{"error": "broken"})
		return
	}
	c.JSON(200, gin.H{"sum": sum})
}

func main() {
	r := gin.Default()
	r.GET("/mills/:mill", weigh)
	r.GET("/health", func(c *gin.Context) { c.String(200, "ok") })
	r.Run()
}
`,
  },
  quiet: {
    formatting: {
      'grain/grain.go': [['		if row > Least && row != 7 {', '		if (row > Least) &&\n			row != 7 {']],
    },
    comments: { 'grain/grain.go': [['	sum := 0', '	// None yet.\n	sum := 0']] },
    'names of variables': {
      'grain/grain.go': [
        ['sum', 'all'],
        ['row ', 'one '],
      ],
    },
    'names of functions': {
      'grain/grain.go': [['func Weigh', 'func WeightOf']],
      'main.go': [['grain.Weigh', 'grain.WeightOf']],
    },
    'a move to another file': {
      'grain/grain.go': [['const Least = 3\n', '']],
      'grain/limits.go': 'package grain\n\nconst Least = 3\n',
    },
    'a function that is taken out': {
      'grain/grain.go': [
        ['sum += row * 2', 'sum += of(row)'],
        ['func Note', 'func of(row int) int {\n	return row * 2\n}\n\nfunc Note'],
      ],
    },
    'a function that is taken out and may fail': {
      'main.go': [
        ['	sum, err := grain.Weigh([]int{1, 2})', '	sum, err := both()'],
        [
          'func main',
          'func both() (int, error) {\n	sum, err := grain.Weigh([]int{1, 2})\n	if err != nil {\n		return 0, err\n	}\n	return sum, nil\n}\n\nfunc main',
        ],
      ],
    },
    types: { 'grain/grain.go': [['	sum := 0', '	var sum int = 0']] },
    'what is logged': { 'main.go': [['"asked"', '"asked for", 2']] },
  },
  loud: {
    'an operator': {
      edit: { 'grain/grain.go': [['row * 2', 'row - 2']] },
      on: 'GET /mills/:mill',
      says: '`*` became `-` in `Weigh`',
    },
    'a comparison': {
      edit: { 'grain/grain.go': [['row > Least', 'row >= Least']] },
      on: 'GET /mills/:mill',
      says: '`>` became `>=` in `Weigh`',
    },
    'a constant that is named': {
      edit: { 'grain/grain.go': [['Least = 3', 'Least = 4']] },
      on: 'GET /mills/:mill',
      says: '`3` became `4`',
    },
    'a condition': {
      edit: { 'grain/grain.go': [[' && row != 7', '']] },
      on: 'GET /mills/:mill',
      says: 'Weigh',
    },
    'a call that is left out': {
      edit: { 'main.go': [['	grain.Note(c.Param("mill"))\n', '']] },
      on: 'GET /mills/:mill',
      says: '',
    },
    'a text': {
      edit: { 'grain/grain.go': [['"seen"', '"met"']] },
      on: 'GET /mills/:mill',
      says: 'is other code',
    },
  },
}
