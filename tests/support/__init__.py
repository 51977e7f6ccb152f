"""What several tests need: agendas, people, clocks, terminals, browsers."""
