"""Tables of forecasts, on the engine that fits their size: every measure has one definition, in `reference`."""
