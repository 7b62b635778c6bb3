// Reads manifests of the Prometheus operator on standard input, one JSON object a line, into the operator's own types; fails at
// a field that they do not have.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
)

func main() {
	failed := false
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var kind struct{ Kind string }
		if err := json.Unmarshal(lines.Bytes(), &kind); err != nil {
			panic(err)
		}
		var into any
		switch kind.Kind {
		case "ServiceMonitor":
			into = &monitoring.ServiceMonitor{}
		case "PodMonitor":
			into = &monitoring.PodMonitor{}
		case "PrometheusRule":
			into = &monitoring.PrometheusRule{}
		default:
			panic("no type for " + kind.Kind)
		}
		strict := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		strict.DisallowUnknownFields()
		if err := strict.Decode(into); err != nil {
			fmt.Printf("%s: %v\n", kind.Kind, err)
			failed = true
		}
	}
	if failed {
		os.Exit(1)
	}
}
