package main

import (
	"context"
	"errors"

	"github.com/gammazero/nexus/v3/client"
	"github.com/gammazero/nexus/v3/wamp"
)

// pending is a call that can be canceled.
type pending struct {
	cancel context.CancelFunc
	ended  chan error
}

func (s *session) id(*command) (any, error) {
	return wamp.Dict{"args": wamp.List{s.client.ID()}}, nil
}

// serve registers what is more than an answer.
func (s *session) serve(c *command) (any, error) {
	behaviours := map[string]client.InvocationHandler{
		"caller": caller, "parts": s.yieldParts, "wait": s.wait(c), "collect": collect(),
	}
	return nil, s.serveAs(c, behaviours[c.Behaviour])
}

func caller(_ context.Context, invocation *wamp.Invocation) client.InvokeResult {
	return client.InvokeResult{Args: wamp.List{orZero(invocation.Details["caller"])}}
}

func orZero(id any) wamp.ID {
	known, _ := wamp.AsID(id)
	return known
}

func (s *session) yieldParts(ctx context.Context, invocation *wamp.Invocation) client.InvokeResult {
	count, _ := wamp.AsInt64(invocation.Arguments[0])
	for part := int64(0); part < count; part++ {
		if err := s.client.SendProgress(ctx, wamp.List{part}, nil); err != nil {
			return client.InvokeResult{Err: "dev.weft.interop.error.no_progress", Args: wamp.List{err.Error()}}
		}
	}
	return client.InvokeResult{Args: wamp.List{"end"}}
}

// collect takes the parts of one call, and answers the last with all.
func collect() client.InvocationHandler {
	var parts wamp.List
	return func(_ context.Context, invocation *wamp.Invocation) client.InvokeResult {
		parts = append(parts, invocation.Arguments...)
		if more, _ := invocation.Details[wamp.OptProgress].(bool); more {
			return client.InvokeResult{Err: wamp.InternalProgressiveOmitResult}
		}
		return client.InvokeResult{Args: parts}
	}
}

// wait answers a call when it is interrupted. What the client sends then is its own.
func (s *session) wait(c *command) client.InvocationHandler {
	return func(ctx context.Context, _ *wamp.Invocation) client.InvokeResult {
		s.tell(c.Tag, c.Procedure, wamp.List{"begun"}, nil)
		<-ctx.Done()
		s.tell(c.Tag, c.Procedure, wamp.List{"interrupted"}, nil)
		return client.InvocationCanceled
	}
}

func (s *session) subscribeDisclosed(c *command) (any, error) {
	handler := func(event *wamp.Event) {
		s.tell(c.Tag, c.Topic, wamp.List{orZero(event.Details["publisher"])}, nil)
	}
	return nil, refused(s.client.Subscribe(c.Topic, handler, nil))
}

func (s *session) parts(c *command) (any, error) {
	parts := wamp.List{}
	progress := func(result *wamp.Result) { parts = append(parts, result.Arguments...) }
	result, err := s.client.Call(context.Background(), c.Procedure, nil, c.Args, nil, progress)
	if err != nil {
		return nil, s.failed(err)
	}
	return wamp.Dict{"args": s.values.toAnswer(result.Arguments), "parts": parts}, nil
}

// feed makes one call of as many invocations as there are arguments.
func (s *session) feed(c *command) (any, error) {
	sent := 0
	next := func(context.Context) (wamp.Dict, wamp.List, wamp.Dict, error) {
		sent++
		return wamp.Dict{wamp.OptProgress: sent < len(c.Args)}, wamp.List{c.Args[sent-1]}, nil, nil
	}
	result, err := s.client.CallProgressive(context.Background(), c.Procedure, next, nil)
	if err != nil {
		return nil, s.failed(err)
	}
	return s.values.payload(result.Arguments, result.ArgumentsKw), nil
}

func (s *session) begin(c *command) (any, error) {
	ctx, cancel := context.WithCancel(context.Background())
	call := &pending{cancel: cancel, ended: make(chan error, 1)}
	go func() {
		_, err := s.client.Call(ctx, c.Procedure, nil, nil, nil, nil)
		call.ended <- err
	}()
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.calls[c.Tag] = call
	return nil, nil
}

// cancel ends a call. The client keeps back the ERROR that it waits for, and tells that the context was canceled.
func (s *session) cancel(c *command) (any, error) {
	s.mutex.Lock()
	call := s.calls[c.Tag]
	delete(s.calls, c.Tag)
	s.mutex.Unlock()
	if err := s.client.SetCallCancelMode(c.Mode); err != nil {
		return nil, err
	}
	call.cancel()
	err := <-call.ended
	if errors.Is(err, context.Canceled) {
		return wamp.Dict{"ended": string(wamp.ErrCanceled)}, nil
	}
	if err != nil {
		return nil, err
	}
	return wamp.Dict{"ended": "RESULT"}, nil
}
