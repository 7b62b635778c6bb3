# The chart

Weft on Kubernetes: a StatefulSet whose pods find each other by DNS. How to install, upgrade, scale and look for faults is in
[docs/kubernetes.md](../../docs/kubernetes.md).

```
helm install weft helm/weft --namespace weft --create-namespace -f helm/weft/examples/dev.yaml
helm test weft --namespace weft
```

| example | what it shows |
|---|---|
| [examples/dev.yaml](examples/dev.yaml) | one realm that lets anyone in, little memory |
| [examples/production.yaml](examples/production.yaml) | TLS for clients and links, principals and a token by existing secrets, a load balancer, a majority for registrations, a monitor, autoscaling |
| [examples/cert-manager.yaml](examples/cert-manager.yaml) | both certificates made by cert-manager, principals by an existing secret |

## Values

`config` is the node's own configuration and is written into the file as it is; [configuration.md](../../docs/configuration.md) has every key.
A value that does not exist, here or in `config`, is refused by `values.schema.json`.

@VALUES@
